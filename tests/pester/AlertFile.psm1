# Files of alerts with every property set, for tests that need no kernel.

function New-AlertFile {
    <# .SYNOPSIS Writes alerts to a JSON Lines file: number 1 has a value in every property, the others differ in time, reason and count. #>
    param([string] $Path, [int] $Count = 1)
    $site = '"Class":"Udp","Type":"NoPorts","Significance":"Expected","Reason":"NO_SOCKET","ReasonSubsystem":"core","Explanation":"No socket was bound to the port.","Function":"__udp4_lib_rcv","Offset":2466,"Module":"udp_module","Address":"0xffffffff81c0d9a2","SourceFile":"net/ipv4/udp.c","Line":2552,"InlineFrames":[{"Function":"__udp4_lib_mcast_deliver","SourceFile":"net/ipv4/udp.c","Line":2300}],"TrapName":"blackhole","TrapGroup":"l3_drops"'
    # An Ethernet frame with an empty UDP datagram from 127.0.0.1:4660 to port 9.
    $frame = [Convert]::ToBase64String([Convert]::FromHexString('00000000000000000000000008004500001c0001000040117cce7f0000017f0000011234000900080000'))
    $lines = foreach ($number in 1..$Count) {
        $time = [DateTimeOffset]::new(2025, 11, 24, 3, 46, 50, [TimeSpan]::Zero).AddTicks(1234567 + ($number - 1) * 10000000).ToString('O')
        $own = "`"Timestamp`":`"$time`",`"Count`":$number,`"InterfaceIndex`":7,`"InterfaceName`":`"eth0`",`"EtherType`":2048,`"OriginalLength`":1500,`"Mark`":42,`"Priority`":65543,`"Hash`":3735928559,`"QueueMapping`":2,`"VlanId`":100,`"GsoSize`":1448,`"GsoSegments`":17,`"Cpu`":3,`"ProcessId`":4242,`"ProcessName`":`"ksoftirqd/3`",`"NetworkNamespace`":4026531840,`"NetworkNamespaceName`":`"blue`",`"ControlGroup`":`"/system.slice/nginx.service`",`"Unit`":`"nginx.service`",`"Container`":`"shop/web-0/nginx`",`"Origin`":`"Hardware`",`"Source`":`"NetDm`",`"ComputerName`":`"web-01`",`"StackTrace`":[{`"Address`":`"0xffffffff81000010`",`"Function`":`"udp_queue_rcv_one_skb`",`"Offset`":31,`"SourceFile`":`"net/ipv4/udp.c`",`"Line`":2101},{`"Address`":`"0xffffffffc0000010`",`"Function`":`"br_handle_frame`",`"Offset`":7,`"Module`":`"bridge`"}],`"FlowActionCookie`":`"AQL+/w==`",`"Payload`":`"$frame`""
        "{$own,$(if ($number -eq 1) { $site } else { $site.Replace('NO_SOCKET', "REASON_$($number % 3)") })}"
    }
    Set-Content -LiteralPath $Path -Value $lines
}

function Compare-Alert {
    <# .SYNOPSIS Asserts that two alerts are equal, property by property. #>
    param($Actual, $Expected, [string[]] $Except = @())
    foreach ($property in $Expected.psobject.Properties.Name | Where-Object { $_ -notin $Except }) {
        $text = { param($value) @($value | ForEach-Object { "$_" }) -join ',' }
        if ($property -eq 'Timestamp') { $Actual.Timestamp.UtcTicks | Should -Be $Expected.Timestamp.UtcTicks -Because $property }
        else { & $text $Actual.$property | Should -BeExactly (& $text $Expected.$property) -Because $property }
    }
}

Export-ModuleMember -Function New-AlertFile, Compare-Alert
