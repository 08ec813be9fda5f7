//! The version of a service that a commit makes.

use ce_synth::{Document, IntoValue, Region, Value};

use super::ContainerImage;
use crate::compute::FargateService;

/// What ECS tells of a task definition and does not take back.
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>
const TOLD: &str = ".taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, \
                    .registeredBy, .deregisteredAt";

/// A service as it is deployed, with the image of the commit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::delivery) struct ServiceVersion {
    region: Region,
    cluster: Document,
    service: Document,
    image: Document,
}

impl ServiceVersion {
    pub(in crate::delivery) fn of(service: &FargateService<'_>, image: &ContainerImage) -> Self {
        let cluster: Value<String> = service.cluster().cluster().ref_().into_value();
        let name: Value<String> = service.name();
        Self {
            region: service.service().scope().region(),
            cluster: Document::new().shell(cluster),
            service: Document::new().shell(name),
            image: image.uri(),
        }
    }

    /// Registers it, in a family whose name ends with a word; `$definition` is its ARN.
    fn registered(&self, family: &str) -> Document {
        let region = self.region;
        let rename = if family.is_empty() { String::new() } else { format!(".family += \"-{family}\" | ") };
        self.named()
            .text("image=")
            .then(self.image.clone())
            .text(format!(
                ":$GITHUB_SHA\n\
                 running=$(aws ecs describe-services --region {region} --cluster \"$cluster\" --services \"$service\" \\\n  \
                 --query 'services[0].taskDefinition' --output text)\n\
                 aws ecs describe-task-definition --region {region} --task-definition \"$running\" \\\n  \
                 --query taskDefinition --output json |\n  \
                 jq --arg image \"$image\" '{rename}.containerDefinitions[0].image = $image\n    \
                 | del({TOLD})' > definition.json\n\
                 definition=$(aws ecs register-task-definition --region {region} --cli-input-json file://definition.json \\\n  \
                 --query taskDefinition.taskDefinitionArn --output text)\n"
            ))
    }

    fn named(&self) -> Document {
        Document::from("cluster=").then(self.cluster.clone()).text("\nservice=").then(self.service.clone()).text("\n")
    }

    /// Runs a command in one task of it, where the service runs, and fails if the command does.
    pub(super) fn once<W: AsRef<str>>(&self, command: impl IntoIterator<Item = W>) -> Document {
        let region = self.region;
        let words: Vec<String> = command.into_iter().map(|word| format!("\"{}\"", word.as_ref())).collect();
        self.registered("once").text(format!(
            "network=$(aws ecs describe-services --region {region} --cluster \"$cluster\" --services \"$service\" \\\n  \
             --query 'services[0].networkConfiguration' --output json)\n\
             task=$(aws ecs run-task --region {region} --cluster \"$cluster\" --task-definition \"$definition\" \\\n  \
             --launch-type FARGATE --network-configuration \"$network\" \\\n  \
             --overrides '{{\"containerOverrides\":[{{\"name\":\"app\",\"command\":[{}]}}]}}' \\\n  \
             --query 'tasks[0].taskArn' --output text)\n\
             aws ecs wait tasks-stopped --region {region} --cluster \"$cluster\" --tasks \"$task\"\n\
             code=$(aws ecs describe-tasks --region {region} --cluster \"$cluster\" --tasks \"$task\" \\\n  \
             --query \"tasks[0].containers[?name=='app'].exitCode | [0]\" --output text)\n\
             if [ \"$code\" != 0 ]; then echo \"::error::the command ended with $code\"; exit 1; fi\n",
            words.join(",")
        ))
    }

    /// Makes it the version of the service.
    pub(in crate::delivery) fn rolled_out(&self) -> Document {
        let region = self.region;
        self.registered("").text(format!(
            "aws ecs update-service --region {region} --cluster \"$cluster\" --service \"$service\" \\\n  \
             --task-definition \"$definition\" > /dev/null\n\
             aws ecs wait services-stable --region {region} --cluster \"$cluster\" --services \"$service\"\n"
        ))
    }

    /// Starts it in a service of its own beside the service, with a number of tasks, behind another target group.
    pub(in crate::delivery) fn started_behind(&self, group: &Document, tasks: u16) -> Document {
        let region = self.region;
        self.registered("").text("group=").then(group.clone()).text(format!(
            "\naws ecs describe-services --region {region} --cluster \"$cluster\" --services \"$service\" --output json |\n  \
             jq --arg definition \"$definition\" --arg group \"$group\" '.services[0] | {{\n    \
             cluster: .clusterArn, serviceName: (.serviceName + \"-next\"), taskDefinition: $definition,\n    \
             desiredCount: {tasks}, launchType: \"FARGATE\", networkConfiguration, healthCheckGracePeriodSeconds,\n    \
             loadBalancers: [.loadBalancers[0] | .targetGroupArn = $group],\n    \
             serviceConnectConfiguration: (.deployments[0].serviceConnectConfiguration | {{enabled, namespace}})\n  \
             }} | del(..|nulls)' > next.json\n\
             aws ecs create-service --region {region} --cli-input-json file://next.json > /dev/null\n\
             aws ecs wait services-stable --region {region} --cluster \"$cluster\" --services \"$service-next\"\n"
        ))
    }

    /// Ends what [`started_behind`](Self::started_behind) started, if it did.
    pub(in crate::delivery) fn ended(&self) -> Document {
        let region = self.region;
        self.named().text(format!(
            "aws ecs delete-service --force --region {region} --cluster \"$cluster\" --service \"$service-next\" > /dev/null \\\n  \
             || echo \"there is no $service-next\"\n"
        ))
    }
}
