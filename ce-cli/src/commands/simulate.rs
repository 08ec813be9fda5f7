//! `ce simulate`: a simulated cloud, served to any tool on this machine.

use ce_deploy::simulator::{Settings, Simulator};
use ce_deploy::wire::Simulated;
use serde_json::json;

use crate::arguments::Simulate;
use crate::session::Session;
use crate::simulate::{Clock, Cloud, Server, Times};
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) async fn run(session: &Session, arguments: Simulate) -> Result<Exit, Stop> {
    let port = arguments.listen;
    let server = Server::start(cloud(arguments), port).await.map_err(|error| {
        let message = format!("cannot listen on port {port} of 127.0.0.1: {error}");
        Stop::new(Exit::Unclassified, message).help("`--listen 0` takes any port that is free")
    })?;
    say_where(session, &server.url());
    tokio::signal::ctrl_c().await.map_err(|error| Stop::new(Exit::Unclassified, error.to_string()))?;
    let tally = server.tally();
    session.screen.progress(&format!("{} requests, {} of them throttled", tally.requests, tally.throttled));
    Ok(Exit::Done)
}

fn cloud(arguments: Simulate) -> Cloud {
    let times = arguments.service_times.map(Times::into_inner).unwrap_or_default();
    let settings = Settings::default().seed(arguments.seed).times(times);
    let simulated = Simulated::new(Simulator::new(settings, &ce_cfn::SCHEMAS));
    let cloud =
        Cloud::new(simulated).clock(Clock::start(arguments.speed)).seed(arguments.seed).faults(arguments.faults);
    match arguments.requests_per_second {
        Some(requests) => cloud.requests_per_second(requests),
        None => cloud,
    }
}

fn say_where(session: &Session, url: &str) {
    let screen = &session.screen;
    if session.global.json {
        return screen.json(&json!({ "version": 1, "command": "simulate", "endpoint": url }));
    }
    screen.result(&format!("export AWS_ENDPOINT_URL={url}"));
    screen.result("export AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=any");
    screen.progress("a simulated cloud listens there until Ctrl-C; twelve digits as the access key id are the account");
}
