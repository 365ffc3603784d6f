//! The best total match between rows and columns: each row gets at most one column, so that the sum of scores is largest.

/// `scores[row][column]`, 0 for pairs that must not be joined. Returns the column of each row. The Hungarian method
/// with potentials, cubic in the size; callers keep components small.
pub fn best_total(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    let rows = scores.len();
    let columns = scores.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return vec![None; rows];
    }
    let size = rows.max(columns);
    let cost = |row: usize, column: usize| -> f64 {
        if row < rows && column < columns { -f64::from(scores[row][column]) } else { 0.0 }
    };
    // Index 0 is the free slot of the method; rows and columns count from 1.
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    let mut row_of = vec![0_usize; size + 1];
    let mut came_from = vec![0_usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut slack = vec![f64::INFINITY; size + 1];
        let mut used = vec![false; size + 1];
        loop {
            used[column] = true;
            let current = row_of[column];
            let mut delta = f64::INFINITY;
            let mut next = 0;
            for candidate in 1..=size {
                if used[candidate] {
                    continue;
                }
                let reduced =
                    cost(current - 1, candidate - 1) - row_potential[current] - column_potential[candidate];
                if reduced < slack[candidate] {
                    slack[candidate] = reduced;
                    came_from[candidate] = column;
                }
                if slack[candidate] < delta {
                    delta = slack[candidate];
                    next = candidate;
                }
            }
            for candidate in 0..=size {
                if used[candidate] {
                    row_potential[row_of[candidate]] += delta;
                    column_potential[candidate] -= delta;
                } else {
                    slack[candidate] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let previous = came_from[column];
            row_of[column] = row_of[previous];
            column = previous;
        }
    }
    let mut columns_of = vec![None; rows];
    for column in 1..=columns {
        let row = row_of[column];
        if (1..=rows).contains(&row) && scores[row - 1][column - 1] > 0.0 {
            columns_of[row - 1] = Some(column - 1);
        }
    }
    columns_of
}

#[cfg(test)]
mod tests {
    use super::best_total;

    #[test]
    fn the_best_sum_wins_over_the_best_single_pair() {
        let scores = vec![vec![0.9, 0.8], vec![0.85, 0.0]];
        assert_eq!(best_total(&scores), [Some(1), Some(0)], "0.8 + 0.85 beats 0.9 alone");
    }

    #[test]
    fn pairs_without_a_score_are_never_joined() {
        assert_eq!(best_total(&[vec![0.0, 0.0]]), [None], "nothing fits");
        assert_eq!(
            best_total(&[vec![0.7], vec![0.9]]),
            [None, Some(0)],
            "one call goes to the better records"
        );
        assert_eq!(best_total(&[]), Vec::<Option<usize>>::new(), "no rows, no answer");
    }

    #[test]
    fn agrees_with_trying_every_order() {
        let scores = vec![vec![0.61, 0.72, 0.0], vec![0.93, 0.88, 0.65], vec![0.7, 0.0, 0.69]];
        let total: f32 = best_total(&scores)
            .iter()
            .enumerate()
            .filter_map(|(row, column)| column.map(|column| scores[row][column]))
            .sum();
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let best = orders
            .iter()
            .map(|order| order.iter().enumerate().map(|(row, &column)| scores[row][column]).sum::<f32>())
            .fold(0.0, f32::max);
        assert!((total - best).abs() < 1e-6, "{total} is not {best}");
    }
}
