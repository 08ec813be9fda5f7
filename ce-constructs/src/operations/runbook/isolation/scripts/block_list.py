import ipaddress
import time

import boto3


def id_of(waf, scope, name):
    page = waf.list_ip_sets(Scope=scope)
    while True:
        for one in page['IPSets']:
            if one['Name'] == name:
                return one['Id']
        if not page['IPSets'] or not page.get('NextMarker'):
            raise ValueError(f'no IP set is named {name}')
        page = waf.list_ip_sets(Scope=scope, NextMarker=page['NextMarker'])


def put(events, address, listed):
    waf = boto3.client('wafv2', region_name=events['Region'])
    name = f"{events['List']}-ipv{address.version}"
    known = dict(Name=name, Scope=events['Scope'], Id=id_of(waf, events['Scope'], name))
    for _ in range(10):
        held = waf.get_ip_set(**known)
        networks = {ipaddress.ip_network(one) for one in held['IPSet']['Addresses']} - {ipaddress.ip_network(address)}
        if listed:
            networks.add(ipaddress.ip_network(address))
        try:
            waf.update_ip_set(**known, Addresses=[str(one) for one in sorted(networks)], LockToken=held['LockToken'])
            return
        except waf.exceptions.WAFOptimisticLockException:
            time.sleep(1)
    raise RuntimeError(f'{name} is changed by others all the time')
