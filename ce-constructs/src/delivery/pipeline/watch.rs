//! Alarms that a deployment is watched by.

use ce_synth::{Document, Duration, Region};

use crate::observe::Alarm;

/// Alarms that are looked at for a while after a deployment; one that is raised fails it.
///
/// ```
/// # use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::Watch;
/// use ce_constructs::observe::Metric;
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").above(5.0).alarm(stack, "Errors");
/// let watch = Watch::of(&[errors], Duration::minutes(10));
/// # let _ = watch;
/// # app.synth().unwrap();
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    alarms: Vec<(Region, Document)>,
    time: Duration,
}

impl Watch {
    /// Alarms of the app, and how long they are watched, in whole minutes.
    pub fn of(alarms: &[Alarm<'_>], time: Duration) -> Self {
        let name = |alarm: &Alarm<'_>| (alarm.alarm().scope().region(), Document::from(alarm.name()));
        Self { alarms: alarms.iter().map(name).collect(), time }
    }

    pub(in crate::delivery) fn minutes(&self) -> u32 {
        self.time.as_seconds().div_ceil(60).max(1)
    }

    /// The script that fails as soon as one of them is raised.
    pub(in crate::delivery) fn script(&self) -> Document {
        let mut regions: Vec<Region> = self.alarms.iter().map(|(region, _)| *region).collect();
        regions.sort();
        regions.dedup();
        let mut script = Document::new();
        for (number, region) in regions.iter().enumerate() {
            script = script.text(format!("alarms{number}=(\n"));
            for (_, alarm) in self.alarms.iter().filter(|(place, _)| place == region) {
                script = script.text("  ").then(alarm.clone()).text("\n");
            }
            script = script.text(")\n");
        }
        script = script.text(format!("for minute in $(seq {}); do\n", self.minutes()));
        for (number, region) in regions.iter().enumerate() {
            script = script.text(format!(
                "  raised=$(aws cloudwatch describe-alarms --region {region} --alarm-names \"${{alarms{number}[@]}}\" \\\n    \
                 --state-value ALARM --query 'MetricAlarms[].AlarmName' --output text)\n  \
                 if [ -n \"$raised\" ]; then echo \"::error::minute $minute, raised: $raised\"; exit 1; fi\n"
            ));
        }
        script.text("  sleep 60\ndone\n")
    }
}
