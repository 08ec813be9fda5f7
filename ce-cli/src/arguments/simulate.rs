//! Flags of `ce simulate`.

use clap::Args;

use super::Inputs;
use crate::simulate::Times;

#[derive(Args, Debug)]
pub(crate) struct Simulate {
    /// Patterns of stacks, played with those that they need; one may be the folder of an assembly [default: all]
    #[arg(value_name = "STACKS|DIR")]
    pub(crate) stacks: Vec<String>,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// What decides the ids of everything, the disorder of retries, and the first schedule of `--schedules`
    #[arg(long, hide_env = true, env = "CE_SEED", value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// What goes wrong, such as `throttle=DescribeStacks,after=3,times=5`; may be given more than once. With
    /// `--listen`: KIND=OPERATION[:TIMES|:PERCENT%], such as `lost-answer=ExecuteChangeSet`
    #[arg(long = "fault", value_name = "KIND[=API,after=N,times=N,seconds=N]")]
    pub(crate) faults: Vec<String>,
    /// List the kinds of faults
    #[arg(long = "faults", conflicts_with = "listen")]
    pub(crate) list: bool,
    /// Kill the deployment at its Nth moment, counted from 0, and begin it again
    #[arg(long, value_name = "N", conflicts_with = "listen")]
    pub(crate) kill_at: Option<u32>,
    /// Play so many schedules of faults, each made from a seed, and say what did not hold
    #[arg(long, value_name = "N", conflicts_with_all = ["listen", "faults", "kill_at"])]
    pub(crate) schedules: Option<u64>,
    /// How long things take, in seconds [default: change-set=1,resource=3,deletion=2]
    #[arg(long, hide_env = true, env = "CE_SERVICE_TIMES", value_name = "WHAT=SECONDS,...")]
    pub(crate) service_times: Option<Times>,
    /// Throttle at so many requests a second: of one API in an account and region, or with `--listen` of an account
    #[arg(long, hide_env = true, env = "CE_REQUESTS_PER_SECOND", value_name = "N", value_parser = positive)]
    pub(crate) requests_per_second: Option<f64>,
    /// Play nothing: answer AWS's SDKs and other tools on this port of 127.0.0.1, until Ctrl-C; 0 is any free port
    #[arg(long, hide_env = true, env = "CE_LISTEN", value_name = "PORT", conflicts_with = "stacks")]
    pub(crate) listen: Option<u16>,
    /// How many simulated seconds pass in one, with `--listen`
    #[arg(long, hide_env = true, env = "CE_SPEED", value_name = "X", default_value_t = 1.0, value_parser = positive)]
    pub(crate) speed: f64,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err(format!("`{text}` is no number above 0")),
    }
}
