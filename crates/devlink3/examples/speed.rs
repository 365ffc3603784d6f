use std::time::Instant;
fn main() {
    let text = "<Detail><Call>c0a82a03,3,,,,0,,200,,200,,,0,,12345678,,,0</Call><PartyA>c0a82a0300002329,1,19,1,2,0,1,0,0,2,2,5.23,,0,0,5678,,,,,,01707123456,100,9,\"Smith, John\"</PartyA><PartyB>c0a82a0300000413,0,2,1,0,0,0,0,1,8,106,,4001,0,4,,,,,,200,901707123456,100,5,\"Ann Keller\"</PartyB></Detail>";
    let text2 = "<Detail><Call>c0a82a03,3,,,,0,,200,,200,</Call><PartyA>0a82a0300002329,1,19,1,2,0,1,0,0,2,2,5.23,,0,0,5678,,,,,,01707123456,100</PartyA><Target_list><Target>c0a82a03000003fe,0,0,8,106,,4002,0,4,,,200,901707123456,100</Target><Target>c0a82a03000003ff,0,0,8,106,,4003,0,4,,,200,901707123456,100</Target><Target>c0a82a0300000407,0,0,8,106,,4001,0,4,,,200,901707123456,100</Target></Target_list></Detail>";
    for text in [text, text2] {
        let mut w = devlink3::event::EventWriter::new(model::fact::NodeId(0xc0a82a03), 1);
        w.delta3(text).unwrap();
        let p = w.into_payload();
        let mut scratch = devlink3::Scratch::default();
        for _ in 0..3 {
            let begin = Instant::now();
            let n: u32 = std::env::args().nth(1).map_or(2_000_000, |n| n.parse().unwrap());
            let mut facts = 0u32;
            for _ in 0..n {
                devlink3::facts(std::hint::black_box(&p), &mut scratch, |f| {
                    std::hint::black_box(&f);
                    facts += 1;
                })
                .unwrap();
            }
            let t = begin.elapsed();
            println!(
                "{} bytes: {:.0} ns/event, {:.2} M/s {facts}",
                p.len(),
                t.as_nanos() as f64 / f64::from(n),
                f64::from(n) / t.as_secs_f64() / 1e6
            );
        }
    }
}
