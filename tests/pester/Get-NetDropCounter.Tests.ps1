BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
}

Describe 'Get-NetDropCounter' {
    It 'reads the counters of all parts of the stack' {
        $groups = Get-NetDropCounter -WarningAction SilentlyContinue | ForEach-Object { ($_.Name -split '\.')[0] } | Select-Object -Unique
        foreach ($group in 'Ip', 'Icmp', 'Tcp', 'Udp', 'TcpExt', 'IpExt', 'Softnet', 'Device', 'Socket', 'Neighbour', 'FRAG') { $groups | Should -Contain $group }
    }
    It 'knows what each of this kernel''s counters means' {
        Get-NetDropCounter | Where-Object ImpliesDrop -EQ Unknown | Should -BeNullOrEmpty
    }
    It 'says why a counter does not always mean a drop' {
        (Get-NetDropCounter Tcp.AttemptFails).ImpliesDrop | Should -Be 'Never'
        (Get-NetDropCounter Tcp.AttemptFails).Caveat | Should -Match 'refused'
        (Get-NetDropCounter Udp.RcvbufErrors).Caveat | Should -BeNullOrEmpty
    }
    It 'names the reasons that raise a counter' { (Get-NetDropCounter Udp.RcvbufErrors).Reasons | Should -Contain 'SOCKET_RCVBUFF' }
    It 'finds a counter by its name alone' { (Get-NetDropCounter RcvbufErrors).Name | Should -Contain 'Udp.RcvbufErrors' }
    It 'filters by class' { (Get-NetDropCounter -Class Udp).Class | Select-Object -Unique | Should -Be 'Udp' }
    It 'filters by interface' { (Get-NetDropCounter -InterfaceName l?).InterfaceName | Select-Object -Unique | Should -Be 'lo' }
    It 'filters by what an increase means' { (Get-NetDropCounter -ImpliesDrop Never).ImpliesDrop | Select-Object -Unique | Should -Be 'Never' }
    It 'leaves out zeros with -NonZero' { (Get-NetDropCounter -NonZero).Value | Should -Not -Contain 0 }
    It 'completes names, with the meaning as tooltip' {
        $found = (TabExpansion2 'Get-NetDropCounter Udp.Rcv').CompletionMatches
        $found[0].CompletionText | Should -Be 'Udp.RcvbufErrors'
        $found[0].ToolTip | Should -Match 'receive buffer'
    }
    It 'shows whether it means a drop in the default table, in 120 columns' {
        $text = Get-NetDropCounter Udp.* | Out-String -Width 120
        $text | Should -Match 'Always'
        $text -split "`n" | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').TrimEnd().Length | Should -BeLessOrEqual 120 }
    }
    It 'measures the change with -Delta' {
        $traffic = Start-Traffic
        try { $change = Get-NetDropCounter Udp.NoPorts -Delta -Duration 1 } finally { Stop-Traffic $traffic }
        $change.State | Should -Be 'Changed'
        $change.Increase | Should -BeGreaterThan 0
        $change.PerSecond | Should -BeGreaterThan 5
    }
    It 'refuses -Duration without -Delta' { { Get-NetDropCounter -Duration 1 } | Should -Throw -ErrorId 'OptionUnusable,*' }
}

Describe 'Get-NetDropCounter of a name that is not there' {
    It 'has an error for a name without wildcards, and asks what was meant' {
        Get-NetDropCounter Udp.RcvBufError, Udp.NoPorts -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object Name | Should -Be 'Udp.NoPorts'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'CounterUnknown,DropMon.Commands.GetNetDropCounterCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Did you mean Udp\.RcvbufErrors'
    }
    It 'has an error for an interface' { { Get-NetDropCounter -InterfaceName nope -ErrorAction Stop } | Should -Throw -ErrorId 'CounterInterfaceUnknown,*' }
    It 'has an error with -Delta too' { { Get-NetDropCounter nope -Delta -Duration 0.1 -ErrorAction Stop } | Should -Throw -ErrorId 'CounterUnknown,*' }
    It 'has none for a wildcard' { Get-NetDropCounter nope* -InterfaceName nope* -ErrorAction Stop | Should -BeNullOrEmpty }
    It 'has none for a counter that another filter hides' {
        Get-NetDropCounter Udp.NoPorts -Class Tcp -ErrorAction Stop | Should -BeNullOrEmpty
        Get-NetDropCounter Tcp.MaxConn -NonZero -InterfaceName lo -ErrorAction Stop | Should -BeNullOrEmpty
    }
}

Describe 'Get-NetDropCounter of the pipeline' {
    It 'takes names' { ('Udp.NoPorts', 'udp.inerr*' | Get-NetDropCounter).Name | Should -Be 'Udp.NoPorts', 'Udp.InErrors' }
    It 'takes names with -Delta, and waits once' {
        $time = Measure-Command { $script:changes = 'Udp.NoPorts', 'Udp.InErrors', 'Tcp.MaxConn' | Get-NetDropCounter -Delta -Duration 1 }
        $changes | Should -HaveCount 3
        $changes.Duration.TotalSeconds | Should -BeGreaterOrEqual 0.9
        $time.TotalSeconds | Should -BeLessThan 2.9
    }
    It 'reads counters again' {
        $again = Get-NetDropCounter Udp.NoPorts, Device.rx_dropped -InterfaceName * | Get-NetDropCounter
        $again.Name | Select-Object -Unique | Should -Be 'Device.rx_dropped'
        $again.InterfaceName | Should -Contain 'lo'
    }
    It 'takes the interfaces of objects, and does not take the objects for names' {
        ([pscustomobject]@{ InterfaceName = 'lo' } | Get-NetDropCounter -ErrorAction Stop).InterfaceName | Select-Object -Unique | Should -Be 'lo'
    }
    It 'returns a counter once, however often it is asked for' { 'Udp.NoPorts', 'Udp.NoPorts', 'Udp.NoP*' | Get-NetDropCounter | Should -HaveCount 1 }
    It 'has one error for a name that comes twice' {
        'nope', 'nope' | Get-NetDropCounter -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed | Should -HaveCount 1
    }
    It 'returns nothing for an empty pipeline' { @() | Get-NetDropCounter | Should -BeNullOrEmpty }
}

Describe 'Compare-NetDropCounter' {
    BeforeAll {
        $before = Get-NetDropCounter Udp.NoPorts, Tcp.MaxConn
        Send-ClosedPort -Count 50
        $after = Get-NetDropCounter Udp.NoPorts, Tcp.MaxConn
    }

    It 'returns what rose, and by how much' {
        $change = Compare-NetDropCounter -Before $before -After $after
        $change.Name | Should -Be 'Udp.NoPorts'
        $change.Increase | Should -BeGreaterOrEqual 50
        $change.State | Should -Be 'Changed'
    }
    It 'normalises by the time between' {
        $change = Compare-NetDropCounter $before $after
        $change.PerSecond | Should -BeGreaterThan 0
        [math]::Abs($change.PerSecond * $change.Duration.TotalSeconds - $change.Increase) | Should -BeLessThan 0.01
    }
    It 'takes readings that <Name> wrote' -ForEach @(
        @{ Name = 'Export-Clixml'; Write = { Export-Clixml $TestDrive/counters.xml -InputObject $args[0]; Import-Clixml $TestDrive/counters.xml } }
        @{ Name = 'remoting'; Write = { foreach ($counter in $args[0]) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($counter, 1)) } } }
        @{ Name = 'ConvertTo-Json'; Write = { ConvertTo-Json $args[0] | ConvertFrom-Json } }
    ) {
        $expected = Compare-NetDropCounter $before $after
        (Compare-NetDropCounter (& $Write $before) (& $Write $after)).Increase | Should -Be $expected.Increase
        (& $Write $after | Compare-NetDropCounter (& $Write $before)).Duration | Should -Be $expected.Duration
    }
    It 'knows a socket again in a reading from elsewhere' {
        $socket = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
        try {
            $sockets = Get-NetDropCounter Socket.*
            $sockets | Where-Object { $_.Socket.LocalPort -eq $socket.Client.LocalEndPoint.Port } | Should -Not -BeNullOrEmpty
            $sockets | Export-Clixml $TestDrive/sockets.xml
            (Compare-NetDropCounter (Import-Clixml $TestDrive/sockets.xml) $sockets -IncludeSame).State | Sort-Object -Unique | Should -Be 'Same'
        }
        finally { $socket.Dispose() }
    }
    It 'refuses what is no counter, by name' { { Compare-NetDropCounter ([pscustomobject]@{ Name = 'x' }) $after -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotUnderstood,*' }
    It 'refuses to compare another computer with this one' {
        $elsewhere = $before | ForEach-Object { $_ | Select-Object *, @{ n = 'PSComputerName'; e = { 'web-01' } } }
        { Compare-NetDropCounter $elsewhere -ErrorAction Stop } | Should -Throw -ErrorId 'OptionUnusable,*'
    }
    It 'takes the later reading from the pipeline' { ($after | Compare-NetDropCounter -Before $before).Increase | Should -BeGreaterOrEqual 50 }
    It 'reads the counters itself without a later reading' { (Compare-NetDropCounter $before).Increase | Should -BeGreaterOrEqual 50 }
    It 'returns also what stands with -IncludeSame' { (Compare-NetDropCounter $before $after -IncludeSame).State | Should -Contain 'Same' }
    It 'marks what was not there before as new' { (Compare-NetDropCounter @() ($after | Where-Object Name -EQ Udp.NoPorts)).State | Should -Be 'New' }
    It 'marks what has gone' { (Compare-NetDropCounter ($before | Where-Object Name -EQ Tcp.MaxConn) @()).State | Should -Be 'Gone' }
}
