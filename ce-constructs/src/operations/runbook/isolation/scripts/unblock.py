

def unblock(events, context):
    put(events, ipaddress.ip_address(events['Address']), False)
