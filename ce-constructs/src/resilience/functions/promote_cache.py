"""Makes the cache of this region the primary of its global datastore, and waits until it is."""
import os
import time

import boto3

GROUP = os.environ["GLOBAL_GROUP"]
CACHE = os.environ["CACHE"]
REGION = os.environ["AWS_REGION"]
CACHES = boto3.client("elasticache")


def is_primary():
    answer = CACHES.describe_global_replication_groups(GlobalReplicationGroupId=GROUP, ShowMemberInfo=True)
    members = answer["GlobalReplicationGroups"][0]["Members"]
    here = [member for member in members if member["ReplicationGroupRegion"] == REGION]
    return bool(here) and here[0]["Role"].upper() == "PRIMARY"


def handler(event, context):
    if is_primary():
        return {"changed": False}
    CACHES.failover_global_replication_group(
        GlobalReplicationGroupId=GROUP, PrimaryRegion=REGION, PrimaryReplicationGroupId=CACHE
    )
    while context.get_remaining_time_in_millis() > 20000:
        time.sleep(10)
        if is_primary():
            return {"changed": True}
    raise TimeoutError(f"{CACHE} is not yet the primary of {GROUP}")
