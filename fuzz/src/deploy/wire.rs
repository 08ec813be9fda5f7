//! Any bytes as a request to the simulated cloud.

use ce_deploy::engine::Moment;
use ce_deploy::simulator::{Settings, Simulator};
use ce_deploy::wire::{Reply, Simulated, respond};
use quick_xml::events::Event;

use super::request::request;

/// Whatever is asked, the answer is one that an SDK can read.
pub fn wire(data: &[u8]) {
    let mut cloud = Simulated::new(Simulator::new(Settings::default(), &ce_cfn::SCHEMAS));
    let asked = request(data);
    // Twice, as the second finds what the first made.
    for now in [1_000, 100_000] {
        let Reply::Whole(response) = respond(&mut cloud, Moment(now), &asked) else {
            panic!("nothing fails on the way")
        };
        assert!((200..600).contains(&response.status));
        let is_xml = response.headers.iter().any(|(name, value)| name == "content-type" && value.ends_with("xml"));
        if is_xml {
            check_xml(&response.body);
        }
        for (name, value) in &response.headers {
            assert!(!value.contains(['\r', '\n']), "{name}");
        }
    }
}

fn check_xml(body: &[u8]) {
    let text = std::str::from_utf8(body).expect("UTF-8");
    let mut reader = quick_xml::Reader::from_str(text);
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {}
}
