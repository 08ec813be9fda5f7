"""What taking a type out of a template does to the rest, case by case."""

import unittest
from pathlib import Path

from assembly import Stack
from taken_out import Entry, Lost, TakingOut, Unknown

UNKNOWN = Unknown([
    Entry("AWS::EC2::NatGateway"), Entry("AWS::RDS::GlobalCluster"),
    Entry("AWS::EC2::VPC", ".", "CidrBlock"), Entry("AWS::CloudWatch::Alarm", "/", "Metrics"),
    Entry("AWS::ElastiCache::ReplicationGroup", "/", "NumNodeGroups=2")])
STACK = Stack("net", "net", "net", "111122223333", "us-east-1", Path("net"), {}, {})


def resource(type, **properties):
    return {"Type": f"AWS::{type}", "Properties": properties}


def cut(resources, outputs=None, lost=None):
    lost = lost or Lost()
    template = {"Resources": resources, "Outputs": outputs or {}}
    TakingOut(STACK, template, UNKNOWN, lost).run()
    return template, lost


class TakenOut(unittest.TestCase):
    def properties(self, gone, resource):
        template, _ = cut({"Gone": gone, "Kept": resource})
        self.assertNotIn("Gone", template["Resources"])
        return template["Resources"].get("Kept", {}).get("Properties")

    def test_nothing_else_is_touched(self):
        vpc = resource("EC2::VPC", CidrBlock="10.0.0.0/16")
        self.assertEqual(cut({"Vpc": vpc})[0]["Resources"], {"Vpc": vpc})

    def test_an_optional_property_goes_alone(self):
        left = self.properties(
            resource("RDS::GlobalCluster"),
            resource("RDS::DBCluster", Engine="e", GlobalClusterIdentifier={"Ref": "Gone"}))
        self.assertEqual(left, {"Engine": "e"})

    def test_a_required_property_takes_the_resource_along(self):
        left = self.properties(
            resource("RDS::GlobalCluster"),
            resource("SSM::Parameter", Type="String", Value={"Fn::Sub": "a-${Gone}"}))
        self.assertIsNone(left)

    def test_a_route_is_nothing_without_its_target(self):
        left = self.properties(
            resource("EC2::NatGateway"),
            resource("EC2::Route", RouteTableId="rtb", NatGatewayId={"Ref": "Gone"}))
        self.assertIsNone(left)

    def test_of_a_list_only_the_element_goes(self):
        left = self.properties(
            resource("RDS::GlobalCluster"),
            resource("IAM::ManagedPolicy", PolicyDocument={"Statement": [
                {"Effect": "Allow", "Action": "a", "Resource": ["x", {"Ref": "Gone"}]},
                {"Effect": "Allow", "Action": "b", "Resource": {"Ref": "Gone"}}]}))
        self.assertEqual(left, {"PolicyDocument": {"Statement": [
            {"Effect": "Allow", "Action": "a", "Resource": ["x"]}]}})

    def test_a_pair_is_nothing_without_its_value(self):
        left = self.properties(
            resource("RDS::GlobalCluster"),
            resource("ECS::TaskDefinition", ContainerDefinitions=[{
                "Name": "n", "Image": "i",
                "Environment": [{"Name": "A", "Value": {"Ref": "Gone"}}, {"Name": "B", "Value": "b"}]}]))
        self.assertEqual(left["ContainerDefinitions"][0]["Environment"], [{"Name": "B", "Value": "b"}])

    def test_depends_on_forgets_what_is_gone(self):
        waiting = {**resource("EC2::InternetGateway"), "DependsOn": ["Gone", "Vpc"]}
        template, _ = cut({"Gone": resource("EC2::NatGateway"), "Vpc": resource("EC2::VPC"),
                           "Gateway": waiting})
        self.assertEqual(template["Resources"]["Gateway"]["DependsOn"], ["Vpc"])

    def test_an_unknown_attribute_takes_the_output_and_its_readers(self):
        vpc = {"Vpc": resource("EC2::VPC", CidrBlock="10.0.0.0/16")}
        template, lost = cut(vpc, {
            "Range": {"Value": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}, "Export": {"Name": "range"}},
            "Id": {"Value": {"Ref": "Vpc"}}})
        self.assertEqual(list(template["Outputs"]), ["Id"])
        reader = {"Fn::GetStackOutput": {"StackName": "net", "OutputName": "Range"}}
        for value in (reader, {"Fn::ImportValue": "range"}, {"Fn::Join": ["", ["a", reader]]}):
            template, _ = cut({"P": resource("SSM::Parameter", Type="String", Value=value)}, lost=lost)
            self.assertEqual(template["Resources"], {})

    def test_the_same_output_of_another_region_is_another_output(self):
        lost = Lost(outputs={(("111122223333", "us-west-2", "net"), "Range")})
        reader = {"Fn::GetStackOutput": {"StackName": "net", "OutputName": "Range"}}
        template, _ = cut({"P": resource("SSM::Parameter", Type="String", Value=reader)}, lost=lost)
        self.assertEqual(list(template["Resources"]), ["P"])

    def test_a_resource_with_an_unknown_property_goes_whole(self):
        template, _ = cut({"A": resource("CloudWatch::Alarm", Metrics=[], EvaluationPeriods=1),
                           "B": resource("CloudWatch::Alarm", MetricName="m", EvaluationPeriods=1)})
        self.assertEqual(list(template["Resources"]), ["B"])

    def test_a_resource_goes_whole_for_one_value_of_a_property(self):
        template, _ = cut({"A": resource("ElastiCache::ReplicationGroup", NumNodeGroups=2),
                           "B": resource("ElastiCache::ReplicationGroup", NumNodeGroups=3)})
        self.assertEqual(list(template["Resources"]), ["B"])


if __name__ == "__main__":
    unittest.main()
