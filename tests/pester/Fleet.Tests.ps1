# Real sshd in network namespaces. They share one kernel, so each computer sees all drops: tests go by drops of a kind that nobody else makes.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/FleetHosts.psm1 -Force
    $fleet = New-FleetHost -Count 3 -Without 3
    $two = Get-FleetParameter $fleet -Number 1, 2
    $bare = Get-FleetParameter $fleet -Number 3
    $filter = @{ Reason = 'IP_NOPROTO' }

    function Start-Watch([hashtable] $Parameters) {
        # In a runspace of its own, so that the test can act meanwhile and stop it as Ctrl+C does.
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($manifest, $parameters) Import-Module $manifest; Watch-NetDrop @parameters').AddArgument((Resolve-Path $PSScriptRoot/../../DropMon.psd1).Path).AddArgument($Parameters)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $output.EnumeratorNeverBlocks = $true
        [pscustomobject]@{ Shell = $shell; Output = $output; Run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output) }
    }
    function Get-Delivered($Watch, $Name) { @($Watch.Output | Where-Object { $_.ComputerName -eq $Name -and $_.ProcessId -eq $PID }) }
}
AfterAll { if ($fleet) { Remove-FleetHost $fleet } }

Describe 'Watch-NetDrop -HostName' {
    BeforeAll {
        $traffic = Start-UnknownProtocol
        try { $alerts = Watch-NetDrop @two @filter -Duration 3 -Verbose 4>&1 | Tee-Object -Variable all | Where-Object { $_ -is [DropMon.DropAlert] } }
        finally { Stop-Traffic $traffic }
        $own = $alerts | Where-Object ProcessId -EQ $PID
        $verbose = $all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
    }

    It 'delivers from every computer' { ($own | Group-Object ComputerName -NoElement).Name | Sort-Object | Should -Be $two.HostName }
    It 'delivers real alerts, with the source that saw the drop' { $own[0].Source | Should -Be 'Ebpf' }
    It 'filters on the far side' { $alerts.Reason | Sort-Object -Unique | Should -Be 'IP_NOPROTO' }
    It 'tells with -Verbose what each computer does' { "$verbose" | Should -Match "$($two.HostName[1]): The source is" }
    It 'tells with -Verbose what each computer lost' { @($verbose | Where-Object { "$_" -match 'Ledger: received \d+' }) | Should -HaveCount 2 }
    It 'leaves no source open on the far side' { Wait-Until { -not (Get-FleetSource 1) -and -not (Get-FleetSource 2) } }
}

Describe 'Get-NetDrop -HostName' {
    It 'collects for -Duration, and merges by time' {
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @two @filter -Duration 1 } finally { Stop-Traffic $traffic }
        ($alerts | Where-Object ProcessId -EQ $PID | Group-Object ComputerName -NoElement).Name | Sort-Object | Should -Be $two.HostName
        $alerts.Timestamp | Should -Be ($alerts.Timestamp | Sort-Object)
    }

    It 'ends at -Count in all' {
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @two @filter -Duration 600 -Count 5 } finally { Stop-Traffic $traffic }
        $alerts | Should -HaveCount 5
    }

    It 'ends when Select-Object -First has enough, and stops the computers' {
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @two @filter -Duration 600 | Select-Object -First 3 } finally { Stop-Traffic $traffic }
        $alerts | Should -HaveCount 3
        Wait-Until { -not (Get-FleetSource 1) -and -not (Get-FleetSource 2) }
    }

    It 'takes connections as -SSHConnection' {
        $connection = @{ HostName = $two.HostName[0]; UserName = 'root'; KeyFilePath = $two.KeyFilePath; Options = $two.Options }
        $traffic = Start-UnknownProtocol
        try { $alert = Get-NetDrop -SSHConnection $connection @filter -Duration 600 -Count 1 } finally { Stop-Traffic $traffic }
        $alert.ComputerName | Should -Be $two.HostName[0]
    }

    It 'takes the subsystem of an SSH server that starts pwsh in another way' {
        $connection = @{ HostName = $two.HostName[0]; UserName = 'root'; KeyFilePath = $two.KeyFilePath; Options = $two.Options; Subsystem = 'dropmon' }
        (Get-NetDropCounter Udp.NoPorts -SSHConnection $connection).ComputerName | Should -Be $two.HostName[0]
    }

    It 'refuses a key of -SSHConnection that nobody knows' {
        { Get-NetDrop -SSHConnection @{ HostName = 'x'; Pot = 22 } } | Should -Throw -ErrorId 'FleetOptionUnusable,DropMon.Commands.GetNetDropCommand'
    }

    It 'refuses -Path with -HostName' { { Get-NetDrop -HostName x -Path y } | Should -Throw -ErrorId 'ParameterNotInParameterSet,*' }
}

Describe 'Other cmdlets with -HostName' {
    BeforeAll { $traffic = Start-UnknownProtocol }
    AfterAll { Stop-Traffic $traffic }

    It 'Measure-NetDrop counts on each computer' {
        $groups = Measure-NetDrop @two @filter -Duration 1 -By Function
        $groups.ComputerName | Sort-Object -Unique | Should -Be $two.HostName
        $groups | ForEach-Object { $_.Count | Should -BeGreaterThan 0 }
    }
    It 'shows a measurement from afar like one from here' {
        $headings = { (($args[0] | Format-Table | Out-String -Width 120) -split "`n" | Where-Object { $_.Trim() })[0].Trim() }
        & $headings (Measure-NetDrop @two @filter -Duration 1) | Should -Be (& $headings (Measure-NetDrop @filter -Duration 1))
    }
    It 'Get-NetDropCounter reads the counters of each network namespace' {
        $counters = Get-NetDropCounter -Name Udp.NoPorts @two
        $counters.ComputerName | Sort-Object | Should -Be $two.HostName
    }
    It 'Get-NetDropCounter -Delta watches them' {
        (Get-NetDropCounter -Name Udp.NoPorts -Delta -Duration 1 @two).ComputerName | Sort-Object | Should -Be $two.HostName
    }
    It 'Test-NetDrop judges each computer' {
        $verdicts = Test-NetDrop @two @filter -Duration 1
        $verdicts | Group-Object ComputerName | ForEach-Object { $_.Group[0].Status.ToString() | Should -Be 'Failed' }
        $verdicts.ComputerName | Sort-Object -Unique | Should -Be $two.HostName
    }
    It 'Test-NetDrop -Quiet gives one answer: well' { Test-NetDrop @two -Function no_such_function -Duration 1 -Quiet | Should -BeTrue }
    It 'Test-NetDrop -Quiet gives one answer: not well' { Test-NetDrop @two @filter -Duration 1 -Quiet | Should -BeFalse }
    It 'Test-NetDrop -Quiet is not well where a computer is unreachable' {
        $some = Get-FleetParameter $fleet -Number 1, 77
        Test-NetDrop @some -Function no_such_function -Duration 1 -Quiet -ErrorAction SilentlyContinue 2>$null | Should -BeFalse
    }
}

Describe 'Progress' {
    It 'tells of <Command> how many computers are being connected to, at work and done' -ForEach @(
        @{ Command = 'Get-NetDrop'; Activity = 'Collecting drops'; With = @{ Duration = 1 } }
        @{ Command = 'Measure-NetDrop'; Activity = 'Counting drops'; With = @{ Duration = 1 } }
        @{ Command = 'Test-NetDrop'; Activity = 'Looking for drops'; With = @{ Duration = 1; Quiet = $true } }
        @{ Command = 'Get-NetDropCounter'; Activity = 'Reading counters'; With = @{ Name = 'Udp.NoPorts' } }
    ) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest, $command, $parameters) Import-Module $manifest; & $command @parameters').AddArgument((Resolve-Path $PSScriptRoot/../../DropMon.psd1).Path).AddArgument($Command).AddArgument($two + $With).Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ $Activity)
            $records[0].StatusDescription | Should -Be '2 computers: 2 connecting, 0 at work, 0 done'
            $records.StatusDescription | Should -Contain '2 computers: 0 connecting, 0 at work, 2 done'
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Tables of a fleet' {
    It 'say which computer, of <Command>' -ForEach @(
        @{ Command = 'Get-NetDrop'; With = @{ Duration = 2; Reason = 'IP_NOPROTO' } }
        @{ Command = 'Measure-NetDrop'; With = @{ Duration = 2; Reason = 'IP_NOPROTO' } }
        @{ Command = 'Test-NetDrop'; With = @{ Duration = 2; Reason = 'IP_NOPROTO' } }
        @{ Command = 'Get-NetDropCounter'; With = @{ Name = 'Udp.NoPorts' } }
        @{ Command = 'Get-NetDropCounter'; With = @{ Name = 'Udp.NoPorts'; Delta = $true; Duration = 1 } }
    ) {
        $traffic = Start-UnknownProtocol
        try { $text = & $Command @two @With -WarningAction Ignore | Format-Table | Out-String -Width 120 } finally { Stop-Traffic $traffic }
        foreach ($name in $two.HostName) { $text | Should -Match ([regex]::Escape($name)) }
        $text -split "`n" | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').TrimEnd().Length | Should -BeLessOrEqual 120 }
    }
}

Describe 'What came from a fleet' {
    It 'is compared, computer by computer' {
        $before = Get-NetDropCounter -Name Ip.InUnknownProtos @two
        $after = Get-NetDropCounter -Name Ip.InUnknownProtos @two
        (Compare-NetDropCounter $before $after -IncludeSame).ComputerName | Sort-Object | Should -Be $two.HostName
    }
    It 'is chosen by enumerations as here' { @(Get-NetDropCounter -Name Udp.NoPorts @two | Where-Object ImpliesDrop -EQ Always) | Should -HaveCount 2 }
}

Describe 'A computer that is unreachable' {
    It 'is one error, and the others deliver' {
        $some = Get-FleetParameter $fleet -Number 1, 77
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @some @filter -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue 2>$null } finally { Stop-Traffic $traffic }
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'HostUnreachable,DropMon.Commands.GetNetDropCommand'
        $problems[0].TargetObject | Should -Be $some.HostName[1]
        @($alerts).Count | Should -BeGreaterThan 0
    }

    It 'tells the command that tries the connection by hand' {
        $some = Get-FleetParameter $fleet -Number 77
        Get-NetDrop @some -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue 2>$null
        $problems[0].ErrorDetails.RecommendedAction | Should -Match "ssh .*$([regex]::Escape($some.HostName[0])) pwsh --version"
    }

    It 'tells it as ssh takes it, where the name has a port' {
        Get-NetDrop -HostName '127.0.0.1:1' -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue 2>$null
        $problems[0].ErrorDetails.RecommendedAction | Should -Match 'ssh -p 1 127\.0\.0\.1 pwsh --version'
    }

    It 'is refused where it would wait for ever' {
        { Watch-NetDrop @two -ThrottleLimit 1 } | Should -Throw -ErrorId 'FleetOptionUnusable,DropMon.Commands.WatchNetDropCommand'
    }

    It 'waits its turn with -ThrottleLimit' {
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @two @filter -Duration 1 -ThrottleLimit 1 } finally { Stop-Traffic $traffic }
        ($alerts | Group-Object ComputerName -NoElement).Name | Sort-Object | Should -Be $two.HostName
    }
}

Describe 'A computer without the module' {
    It 'is an error that names -CopyModule' {
        Get-NetDrop @bare -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'HostModuleMissing,DropMon.Commands.GetNetDropCommand'
        $problems[0].ErrorDetails.RecommendedAction | Should -Match '-CopyModule'
    }

    It 'delivers with -CopyModule, and keeps nothing of it' {
        $traffic = Start-UnknownProtocol
        try { $alerts = Get-NetDrop @bare @filter -Duration 1 -CopyModule -Verbose 4>&1 } finally { Stop-Traffic $traffic }
        @($alerts | Where-Object ProcessId -EQ $PID).Count | Should -BeGreaterThan 0
        $folder = [regex]::Match("$alerts", 'copied to (\S+) for').Groups[1].Value
        $folder | Should -BeLike '*/dropmon-*'
        $folder | Should -Not -Exist
    }
}

Describe 'A computer that is cut off midway' {
    BeforeAll {
        $all = Get-FleetParameter $fleet
        $traffic = Start-UnknownProtocol
        $watch = Start-Watch ($all + $filter + @{ CopyModule = $true })
        try {
            Wait-Until { @($all.HostName | Where-Object { Get-Delivered $watch $_ }).Count -eq 3 } -What 'all three deliver'
            Disconnect-FleetHost 2
            Wait-Until { $watch.Shell.Streams.Error.Count -gt 0 } -What 'the loss is reported'
            $problems = @($watch.Shell.Streams.Error.ReadAll())
            $before = @{ 1 = (Get-Delivered $watch $all.HostName[0]).Count; 3 = (Get-Delivered $watch $all.HostName[2]).Count }
            Wait-Until { (Get-Delivered $watch $all.HostName[0]).Count -gt $before[1] -and (Get-Delivered $watch $all.HostName[2]).Count -gt $before[3] } -What 'the others go on'
            $sources = @(Get-FleetSource 1).Count + @(Get-FleetSource 3).Count
            $watch.Shell.Stop()
        }
        finally {
            Connect-FleetHost 2
            Stop-Traffic $traffic
        }
    }
    AfterAll { $watch.Shell.Dispose() }

    It 'is reported once, by its name' {
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'HostLost,DropMon.Commands.WatchNetDropCommand'
        $problems[0].TargetObject | Should -Be $all.HostName[1]
        $problems[0].CategoryInfo.Category | Should -Be 'ConnectionError'
    }
    It 'costs the others nothing: they went on' { $sources | Should -Be 2 }
    It 'does not keep Ctrl+C from stopping the others' { Wait-Until { -not (Get-FleetSource 1) -and -not (Get-FleetSource 3) } }
    It 'turns its own source off when its sshd notices' { Wait-Until { -not (Get-FleetSource 2) } }
}

Describe 'A busy computer beside a reader that sleeps' {
    It 'waits with what it has, counts what it lost, and costs little memory here' {
        $one = Get-FleetParameter $fleet -Number 1
        $work = {
            param($one, $manifest)
            $said = pwsh -NoProfile -NonInteractive -Command {
                param($manifest, $name, $user, $key)
                Import-Module $manifest
                $options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
                $taken = 0
                Watch-NetDrop -HostName $name -UserName $user -KeyFilePath $key -Options $options -Reason IP_NOPROTO -Duration 30 -Verbose 3>$null 4>&1 | ForEach-Object {
                    if ($_ -is [System.Management.Automation.VerboseRecord]) { if ("$_" -match 'Ledger') { "$_" } }
                    else { if ($taken -eq 0) { Start-Sleep 30 }; $taken++ }
                }
                "Taken: $taken."
                "Peak: $([int](((Get-Content /proc/self/status) -match 'VmHWM' -replace '\D')[0] / 1024))."
            } -args $manifest, $one.HostName[0], $one.UserName, $one.KeyFilePath
            "$said"
        }
        $traffic = Start-UnknownProtocol -PerSecond 2000000000 -Most 3000000
        try { $said = & $work $one (Resolve-Path $PSScriptRoot/../../DropMon.psd1).Path } finally { Stop-Traffic $traffic }
        Write-Host "  $said"
        $said | Should -Match 'Peak: \d+'
        [int][regex]::Match($said, 'Peak: (\d+)').Groups[1].Value | Should -BeLessThan 300
        $ledger = @{}
        foreach ($name in 'received', 'delivered', 'filtered out', 'lost', 'Taken:') { $ledger[$name] = [long][regex]::Match($said, "$name (\d+)").Groups[1].Value }
        $ledger['Taken:'] | Should -Be $ledger['delivered']
        # What the source itself lost is lost and was never received.
        $ledger['received'] | Should -BeLessOrEqual ($ledger['delivered'] + $ledger['filtered out'] + $ledger['lost'])
    }
}

Describe 'A computer whose pwsh is stopped' {
    It 'is given up, and the others deliver to the end' {
        $traffic = Start-UnknownProtocol
        $watch = Start-Watch ($two + $filter)
        $stopped = @()
        try {
            Wait-Until { @($two.HostName | Where-Object { Get-Delivered $watch $_ }).Count -eq 2 } -What 'both deliver'
            $stopped = @(ip netns pids dropmon-1 | Where-Object { (Get-Content "/proc/$_/comm" -ErrorAction Ignore) -eq 'pwsh' })
            $stopped | Should -Not -BeNullOrEmpty
            kill -STOP $stopped
            Wait-Until { $watch.Shell.Streams.Error.Count -gt 0 } -What 'it is given up'
            $problem = $watch.Shell.Streams.Error[0]
            $before = (Get-Delivered $watch $two.HostName[1]).Count
            Wait-Until { (Get-Delivered $watch $two.HostName[1]).Count -gt $before } -What 'the other goes on'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $watch.Shell.Stop()
        }
        finally {
            if ($stopped) { kill -CONT $stopped }
            Stop-Traffic $traffic
            $watch.Shell.Dispose()
        }
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
        $problem.FullyQualifiedErrorId | Should -Be 'HostTimedOut,DropMon.Commands.WatchNetDropCommand'
        $problem.TargetObject | Should -Be $two.HostName[0]
    }
}

Describe 'Ctrl+C of a terminal, which reaches ssh too' {
    It 'leaves ssh alive until the far side has stopped and cleaned up' {
        $watch = Start-Watch ($bare + $filter + @{ CopyModule = $true; Verbose = $true })
        try {
            Wait-Until { "$($watch.Shell.Streams.Verbose)" -match 'The source is' } -What 'it has begun'
            $folder = [regex]::Match("$($watch.Shell.Streams.Verbose)", 'copied to (\S+) for').Groups[1].Value
            $folder | Should -Exist
            $ssh = @(Get-ChildItem /proc -Directory | Where-Object { $_.Name -match '^\d+$' -and (Get-Content "$_/comm" -ErrorAction Ignore) -eq 'ssh' -and (Get-Content "$_/status" -ErrorAction Ignore) -contains "PPid:`t$PID" })
            $ssh | Should -HaveCount 1
            kill -INT $ssh[0].Name
            Start-Sleep 1
            $watch.Shell.Stop()
        }
        finally { $watch.Shell.Dispose() }
        $watch.Shell.Streams.Error | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
        Wait-Until { -not (Get-FleetSource 3) }
    }
}
