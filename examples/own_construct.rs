//! A construct of your own: a service with everything your company wants of one, on top of the blocks.
//!
//! ```text
//! cargo run --example own_construct -- --no-lock
//! ```
//!
//! A construct is a plain struct of handles and a function that makes it, as the blocks of ce are: a scope of its own,
//! findings with your own codes, and handles for whoever needs more than it offers.
//!
//! Its tests, at the end of the file, take it through a synthesis and read the assembly.

use std::process::ExitCode;

use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(own_construct)
}

/// Two services of the kind, in one network.
pub fn own_construct(app: &App) {
    let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(app.stack("Network", PROD), "Vpc");
    let stack = app.stack("Services", PROD);
    let mail = WatchedService::builder("mail", nginx()).build(&network, stack, "Mail");
    let search = WatchedService::builder("search", nginx()).tasks(3).build(&network, stack, "Search");
    mail.service.connections().allow_to_default_port(&search.service);
}

fn nginx<'a>() -> ImageSource<'a> {
    ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"))
}

/// A service that tells its team when it is busy or down.
pub struct WatchedService<'a> {
    /// The service, for connections, grants and all else it can do.
    pub service: FargateService<'a>,
    /// Who is told.
    pub topic: Topic<'a>,
}

impl<'a> WatchedService<'a> {
    /// What is required is an argument: a team cannot be forgotten.
    pub fn builder(team: impl Into<String>, image: ImageSource<'a>) -> WatchedServiceBuilder<'a> {
        WatchedServiceBuilder { team: team.into(), image, tasks: 2 }
    }
}

/// Settings of a [`WatchedService`].
#[must_use = "a builder does nothing until `build`"]
pub struct WatchedServiceBuilder<'a> {
    team: String,
    image: ImageSource<'a>,
    tasks: u16,
}

impl<'a> WatchedServiceBuilder<'a> {
    /// How many tasks run. Default: two.
    pub fn tasks(mut self, tasks: u16) -> Self {
        self.tasks = tasks;
        self
    }

    /// Adds it below a scope. A mistake is a finding with a code of yours, at the line that called this.
    #[track_caller]
    pub fn build(self, network: &impl Network, scope: Scope<'a>, id: &str) -> WatchedService<'a> {
        let scope = scope.child(id).tag("Team", self.team);
        if self.tasks < 2 {
            let finding = scope.error(Code::new("SHOP001"), format!("`{}` tasks cannot lose one", self.tasks));
            finding.help("write `.tasks(2)` or more");
        }
        let cluster = EcsCluster::builder().build(scope, "Cluster");
        let service = FargateService::builder(&cluster, network, self.image, TaskSize::new::<256, 512>())
            .port(8080)
            .desired_count(self.tasks)
            .build(scope, "Service");
        let topic = Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic");
        service.cpu().above(80.0).for_periods(3).alarm(scope, "Busy").notify(&topic);
        service.running_tasks().below(f64::from(self.tasks)).for_periods(5).alarm(scope, "Missing").notify(&topic);
        WatchedService { service, topic }
    }
}

#[cfg(test)]
mod tests {
    use ce::cfn::cloudwatch;

    use super::*;

    fn with_tasks(tasks: u16) -> Result<ce::synth::Assembly, Findings> {
        let app = App::new();
        let stack = app.stack("Test", PROD);
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
        WatchedService::builder("mail", nginx()).tasks(tasks).build(&network, stack, "Mail");
        app.synth()
    }

    #[test]
    fn it_has_an_alarm_for_each_way_to_fail() {
        let assembly = with_tasks(2).unwrap();
        let alarms: Vec<_> = assembly.resources::<cloudwatch::Alarm>().map(|alarm| alarm.path()).collect();
        assert_eq!(alarms, ["Test/Mail/Busy/Resource", "Test/Mail/Missing/Resource"]);
    }

    #[test]
    fn it_refuses_to_stand_on_one_leg() {
        let findings = with_tasks(1).unwrap_err();
        assert_eq!(findings.with_code(Code::new("SHOP001")).count(), 1, "{findings}");
    }
}
