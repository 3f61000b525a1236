BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
}

Describe 'Get-NetDropReason' {
    It 'lists all reasons, each explained' { (Get-NetDropReason | Where-Object Meaning).Count | Should -BeGreaterThan 200 }
    It 'finds by name, whatever its case' { (Get-NetDropReason no_socket).Name | Should -Be 'NO_SOCKET' }
    It 'finds by wildcard' { (Get-NetDropReason NEIGH_*).Count | Should -BeGreaterThan 3 }
    It 'finds by class' { (Get-NetDropReason -Class Tcp).Class | Select-Object -Unique | Should -Be 'Tcp' }
    It 'finds by subsystem' { (Get-NetDropReason -Subsystem openv*).Subsystem | Select-Object -Unique | Should -Be 'openvswitch' }
    It 'names a reason once' { Get-NetDropReason NO_SOCKET, NO_SOCK* | Should -HaveCount 1 }
    It 'says what to change' { (Get-NetDropReason SOCKET_RCVBUFF).Remedy | Should -Match 'rmem' }
    It 'knows which reasons the running kernel has' { (Get-NetDropReason NO_SOCKET).InRunningKernel | Should -BeIn $true, $null }
    It 'has an error for a name that nobody knows' {
        { Get-NetDropReason NO_SUCH_REASON -ErrorAction Stop } | Should -Throw -ErrorId 'ReasonUnknown,DropMon.Commands.GetNetDropReasonCommand'
    }
    It 'completes names' { (TabExpansion2 'Get-NetDropReason SOCKET_R').CompletionMatches.CompletionText | Should -Contain 'SOCKET_RCVBUFF' }
    It 'fits 120 columns' { (Get-NetDropReason | Out-String -Width 120) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 } }
    It 'has no evidence unless asked' { (Get-NetDropReason NO_SOCKET).Evidence | Should -BeNullOrEmpty }
    It 'looks at this machine with -Evidence' { (Get-NetDropReason CPU_BACKLOG -Evidence).Evidence.Source | Should -Contain '/proc/net/softnet_stat' }
    It 'shows what it found' { Get-NetDropReason CPU_BACKLOG -Evidence | Out-String -Width 120 | Should -Match '(Confirms|Contradicts|Neutral): ' }
}

Describe 'Get-NetDropReason of drops' {
    BeforeAll {
        $null = Start-DropMonitor
        Send-ClosedPort -Count 3
        $own = Get-NetDrop | Where-Object ProcessId -EQ $PID | Where-Object Reason
    }
    AfterAll { Stop-DropMonitor -WarningAction Ignore }

    It 'answers once for many drops of one reason' { $own | Get-NetDropReason | Should -HaveCount 1 }
    It 'tells the reason as it is meant at that place' { ($own | Get-NetDropReason).Class | Should -Be 'Udp' }
    It 'looks for each drop with -Evidence' { $own[0..1] | Get-NetDropReason -Evidence | Should -HaveCount 2 }
}

Describe 'Get-NetDropReason of the pipeline' {
    BeforeAll {
        New-AlertFile $TestDrive/alert.jsonl
        $alert = Import-NetDrop $TestDrive/alert.jsonl
    }

    It 'takes names' { ('NO_SOCKET', 'SOCKET_RCV*' | Get-NetDropReason).Name | Should -Be 'NO_SOCKET', 'SOCKET_RCVBUFF' }
    It 'takes the groups of Group-Object' { ($alert, $alert | Group-Object Reason | Get-NetDropReason).Name | Should -Be 'NO_SOCKET' }
    It 'takes what Measure-NetDrop returns' { ($alert, $alert | Measure-NetDrop -By Reason | Get-NetDropReason).Name | Should -Be 'NO_SOCKET' }
    It 'answers an alert as that, not by the name of its reason' { ($alert | Get-NetDropReason).Meaning | Should -Be $alert.Explanation }
    It 'takes an alert of another session by its reason' {
        $written = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($alert))
        ($written | Get-NetDropReason).Name | Should -Be 'NO_SOCKET'
    }
    It 'has an error, not all reasons, for a group without a reason' {
        { [pscustomobject]@{ Reason = $null } | Get-NetDropReason -ErrorAction Stop } | Should -Throw -ErrorId 'ReasonAbsent,*'
        { [pscustomobject]@{ Reason = '' } | Get-NetDropReason -ErrorAction Stop } | Should -Throw -ErrorId 'ReasonAbsent,*'
    }
    It 'takes a function that drops without a reason' { (Get-NetDropReason nf_hook_slow).Class | Should -Be 'Netfilter' }
    It 'takes the groups of Group-Object Function' { ($alert | Group-Object { 'nf_hook_slow' } | Get-NetDropReason).Subsystem | Should -Be 'function' }
    It 'looks into a drop without a reason by its function' {
        Set-Content $TestDrive/none.jsonl ('{"Timestamp":"2026-01-01T00:00:01.0000000+00:00","Count":1,"EtherType":2048,"Origin":"Software","Source":"Tracepoint",' +
            '"Class":"Netfilter","Type":"NETFILTER_DROP","Significance":"Suspicious","Function":"nf_hook_slow","Offset":165}')
        $answer = Import-NetDrop $TestDrive/none.jsonl | Get-NetDropReason -Evidence
        $answer.Name | Should -Be 'nf_hook_slow'
        $answer.Evidence | Should -Not -BeNullOrEmpty
    }
    It 'looks nowhere for an interface whose name leads out of /proc: <_>' -ForEach '../../..', '../../../../../../dev/zero', 'a/b' {
        Set-Content $TestDrive/hostile.jsonl ('{"Timestamp":"2026-01-01T00:00:01.0000000+00:00","Count":1,"InterfaceName":"' + $_ + '","EtherType":2048,"Origin":"Software",' +
            '"Source":"Tracepoint","Class":"Ipv4","Significance":"Suspicious","Reason":"IP_INADDRERRORS","ReasonSubsystem":"core","Function":"ip_error"}')
        $evidence = (Import-NetDrop $TestDrive/hostile.jsonl | Get-NetDropReason -Evidence).Evidence
        $evidence.Finding | Should -Contain 'The drop names an interface that no kernel allows, so it was not looked up.'
        $evidence.Source | Should -Not -Match '\.\.'
    }
    It 'does not take an object without a reason for a name' { { [pscustomobject]@{ Value = 1 } | Get-NetDropReason -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*' }
}
