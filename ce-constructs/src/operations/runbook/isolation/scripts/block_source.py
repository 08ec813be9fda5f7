

import datetime
import json
import re


def sources(part):
    if isinstance(part, list):
        return {address for one in part for address in sources(one)}
    # What was called from inside did not come in through the firewall.
    if not isinstance(part, dict) or part.get('ConnectionDirection') == 'OUTBOUND':
        return set()
    remote = part.get('RemoteIpDetails') or dict()
    own = {remote[kind] for kind in ('IpAddressV4', 'IpAddressV6') if remote.get(kind)}
    return own | {address for one in part.values() for address in sources(one)}


def lift_later(events, address):
    scheduler = boto3.client('scheduler')
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=events['Seconds'])
    request = dict(DocumentName=events['Unblock'], Parameters=dict(Address=[str(address)]))
    schedule = dict(
        Name=re.sub('[^0-9a-f]', '-', str(address)),
        GroupName=events['Schedules'],
        ScheduleExpression=at.strftime('at(%Y-%m-%dT%H:%M:%S)'),
        FlexibleTimeWindow=dict(Mode='OFF'),
        ActionAfterCompletion='DELETE',
        Target=dict(Arn=events['Start'], RoleArn=events['Role'], Input=json.dumps(request)),
    )
    try:
        scheduler.create_schedule(**schedule)
    except scheduler.exceptions.ConflictException:
        scheduler.update_schedule(**schedule)


def block(events, context):
    if not events['Id']:
        return dict(Blocked=[])
    found = boto3.client('guardduty').get_findings(DetectorId=events['Detector'], FindingIds=[events['Id']])
    spared = [ipaddress.ip_network(one) for one in events['Spared']]
    blocked = []
    for text in sorted(sources(found['Findings'][0]['Service'].get('Action'))):
        address = ipaddress.ip_address(text)
        if address.is_global and not any(address in one for one in spared):
            lift_later(events, address)
            put(events, address, True)
            blocked.append(text)
    return dict(Blocked=blocked)
