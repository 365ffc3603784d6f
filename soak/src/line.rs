//! The straight line nearest to points.

/// How much `y` grows for each 1 of `x`, by least squares. Without two different `x` there is no slope: 0.
pub fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let rise: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let run: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    if run > 0.0 { rise / run } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn a_straight_line_has_its_own_slope() {
        let points: Vec<(f64, f64)> = (0..9).map(|x| (f64::from(x), 40.0 + 0.25 * f64::from(x))).collect();
        assert!((slope(&points) - 0.25).abs() < 1e-12, "a quarter for each step: {}", slope(&points));
    }

    #[test]
    fn ups_and_downs_about_a_level_are_hardly_a_slope() {
        let points: Vec<(f64, f64)> = (0..48).map(|x| (f64::from(x), 40.0 + f64::from(x % 2))).collect();
        assert!(slope(&points).abs() < 0.01, "{}", slope(&points));
    }

    #[test]
    fn one_point_has_none() {
        assert_eq!((slope(&[(3.0, 5.0)]), slope(&[])), (0.0, 0.0), "nothing to compare with");
    }
}
