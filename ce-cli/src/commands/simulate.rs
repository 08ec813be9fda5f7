//! `ce simulate`: a deployment played in virtual time, or a simulated cloud served to any tool on this machine.

use ce_deploy::simulator::{Settings, Simulator};
use ce_deploy::wire::Simulated;
use serde_json::json;

use super::playing;
use crate::arguments::Simulate;
use crate::session::Session;
use crate::simulate::{Clock, Cloud, FaultSyntax, Server, Times};
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) async fn run(session: &Session, arguments: Simulate) -> Result<Exit, Stop> {
    match arguments.listen {
        Some(port) => serve(session, arguments, port).await,
        None => playing::run(session, arguments).await,
    }
}

async fn serve(session: &Session, arguments: Simulate, port: u16) -> Result<Exit, Stop> {
    let server = Server::start(cloud(arguments)?, port).await.map_err(|error| {
        let message = format!("cannot listen on port {port} of 127.0.0.1: {error}");
        Stop::new(Exit::Unclassified, message).help("`--listen 0` takes any port that is free")
    })?;
    say_where(session, &server.url());
    tokio::signal::ctrl_c().await.map_err(|error| Stop::new(Exit::Unclassified, error.to_string()))?;
    let tally = server.tally();
    session.screen.progress(&format!("{} requests, {} of them throttled", tally.requests, tally.throttled));
    Ok(Exit::Done)
}

fn cloud(arguments: Simulate) -> Result<Cloud, Stop> {
    let read = |text: &String| text.parse().map_err(|error: FaultSyntax| Stop::new(Exit::Usage, error.to_string()));
    let faults = arguments.faults.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let times = arguments.service_times.map(Times::into_inner).unwrap_or_default();
    let settings = Settings::default().seed(arguments.seed).times(times);
    let simulated = Simulated::new(Simulator::new(settings, &ce_cfn::SCHEMAS));
    let cloud = Cloud::new(simulated).clock(Clock::start(arguments.speed)).seed(arguments.seed).faults(faults);
    Ok(match arguments.requests_per_second {
        Some(requests) => cloud.requests_per_second(requests),
        None => cloud,
    })
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
