//! Flags of `ce simulate`.

use clap::Args;

use crate::simulate::{Fault, Times};

#[derive(Args, Debug)]
pub(crate) struct Simulate {
    /// Answer AWS's SDKs and other tools on this port of 127.0.0.1, until Ctrl-C; 0 is any port that is free
    #[arg(long, hide_env = true, env = "CE_LISTEN", value_name = "PORT")]
    pub(crate) listen: u16,
    /// What decides which requests a fault strikes, and the ids of everything
    #[arg(long, hide_env = true, env = "CE_SEED", value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// What goes wrong, such as `lost-answer=ExecuteChangeSet` or `throttle=any:20%`; may be given more than once
    #[arg(long = "fault", value_name = "KIND=OPERATION[:TIMES|:PERCENT%]")]
    pub(crate) faults: Vec<Fault>,
    /// How many simulated seconds pass in one
    #[arg(long, hide_env = true, env = "CE_SPEED", value_name = "X", default_value_t = 1.0, value_parser = positive)]
    pub(crate) speed: f64,
    /// How long things take, in seconds [default: change-set=1,resource=3,deletion=2]
    #[arg(long, hide_env = true, env = "CE_SERVICE_TIMES", value_name = "WHAT=SECONDS,...")]
    pub(crate) service_times: Option<Times>,
    /// Throttle each account at so many requests to CloudFormation a second [default: any number]
    #[arg(long, hide_env = true, env = "CE_REQUESTS_PER_SECOND", value_name = "N", value_parser = positive)]
    pub(crate) requests_per_second: Option<f64>,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err(format!("`{text}` is no number above 0")),
    }
}
