# Errors are part of the contract: an id that scripts match, a category, and the command that fixes it.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    $root = (Resolve-Path "$PSScriptRoot/../..").Path

    # Where the user nobody can read it, whatever the rights of the folders above this one.
    $module = (New-Item -ItemType Directory -Path ([System.IO.Path]::GetTempPath()) -Name "dropmon-errors-$(Get-Random)").FullName
    Copy-Item "$root/DropMon.psd1", "$root/lib" $module -Recurse
    chmod -R a+rX $module

    function Invoke-AsNobody([string] $Script) {
        setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all env HOME=/nonexistent POWERSHELL_TELEMETRY_OPTOUT=1 `
            pwsh -NoProfile -NonInteractive -Command "Import-Module '$module/DropMon.psd1'; $Script" 2>&1
    }
}
AfterAll { Remove-Item -LiteralPath $module -Recurse -Force }

Describe 'Without privileges' {
    It '<_> is one error with the command that fixes it' -ForEach 'Get-NetDrop -Duration 1', 'Watch-NetDrop -Duration 1', 'Start-DropMonitor', 'Measure-NetDrop -Duration 1' {
        $answer = Invoke-AsNobody "try { $_ } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.ErrorDetails.RecommendedAction }; 'errors: ' + `$Error.Count"
        $answer[0] | Should -BeLike 'CapabilityMissing,DropMon.Commands.*'
        $answer[1] | Should -Be 'PermissionDenied'
        $answer[2] | Should -Match 'sudo pwsh'
        $answer[-1] | Should -Be 'errors: 1'
    }

    It 'the counters can still be read' { Invoke-AsNobody '@(Get-NetDropCounter -Name Udp.*).Count -gt 5' | Select-Object -Last 1 | Should -Be 'True' }

    It 'dropmon says the same, in two lines, by its exit code' {
        $command = Get-ChildItem "$root/src/DropMon.Cli/bin" -Recurse -Filter dropmon.dll | Sort-Object LastWriteTime | Select-Object -Last 1
        $command | Should -Not -BeNullOrEmpty -Because 'dotnet build makes it'
        Copy-Item $command.Directory "$module/command" -Recurse
        chmod -R a+rX $module
        $answer = setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all env HOME=/nonexistent dotnet "$module/command/dropmon.dll" watch --duration 1 2>&1
        $LASTEXITCODE | Should -Be 3
        $answer | Should -HaveCount 2
        "$($answer[1])" | Should -Match '^Fix: .*sudo dropmon'
    }
}

Describe 'A session that has run out of descriptors' {
    BeforeAll {
        # In a process of its own. Only cmdlets that are loaded already can run while nothing can be opened.
        $script = "$module/exhausted.ps1"
        Set-Content $script @"
Import-Module '$module/DropMon.psd1'
`$WarningPreference = 'SilentlyContinue'
`$null = Start-DropMonitor
`$held = [System.Collections.Generic.List[object]]::new()
try { while (`$true) { `$held.Add([System.IO.File]::OpenRead('/dev/null')) } } catch { `$isFull = `$held.Count -gt 10 }
`$state = (Get-DropMonitor).State
try { Watch-NetDrop -Duration 1 } catch { `$watch = "`$(`$_.FullyQualifiedErrorId) `$_ `$(`$_.ErrorDetails.RecommendedAction)" }
Stop-DropMonitor
foreach (`$file in `$held) { `$file.Dispose() }
`$again = (Start-DropMonitor).State
Stop-DropMonitor
"`$isFull", "`$state", `$watch, "`$again"
"@
        $answer = bash -c "ulimit -n 400; exec pwsh -NoProfile -NonInteractive -File '$script'"
    }

    It 'is one for this test' { $answer[0] | Should -Be 'True' }
    It 'still has its monitor' { $answer[1] | Should -Be 'Running' }
    It 'is reported, with the command that fixes it' { $answer[2] | Should -BeLike 'NoSource,*Too many open files*ulimit -n 4096*' }
    It 'can stop the monitor, and start it when there are descriptors again' { $answer[3] | Should -Be 'Running' }
}

Describe 'The id of an error' {
    It 'is <Id> for <Command>' -ForEach @(
        @{ Command = 'Get-NetDrop -Last 3'; Id = 'MonitorNotRunning'; Category = 'ObjectNotFound' }
        @{ Command = 'Import-NetDrop /nonexistent/x.jsonl'; Id = 'FileNotFound'; Category = 'ObjectNotFound' }
        @{ Command = '$null = Get-NetDrop -HostName a -ThrottleLimit 0'; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData' }
        @{ Command = 'Watch-NetDrop -HostName a, b -ThrottleLimit 1'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Get-NetDrop -HostName a, -oProxyCommand=id'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Get-NetDropCounter -HostName root@-oProxyCommand=id'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Watch-NetDrop -HostName a -UserName -F/tmp/x'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Test-NetDrop -HostName "a`e]0;b" -Quiet'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Measure-NetDrop -SSHConnection @{ HostName = "a`nb" }'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Watch-NetDrop -SSHConnection @{ Port = 22 }'; Id = 'FleetOptionUnusable'; Category = 'InvalidArgument' }
        @{ Command = 'Get-NetDrop -Class Upd'; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData' }
        @{ Command = 'Get-NetDropCounter -Class Upd'; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData' }
        @{ Command = 'Get-NetDrop -Duration x'; Id = 'CannotConvertArgumentNoMessage'; Category = 'InvalidArgument' }
    ) {
        $problem = try { & ([scriptblock]::Create("$Command -ErrorAction Stop")) } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem.CategoryInfo.Category | Should -Be $Category
    }

    It 'comes with the classes there are when none is like what was asked for' { { Get-NetDrop -Class Upd } | Should -Throw '*Udp*' }

    It 'comes with the remedy as recommended action' { $(try { Get-NetDrop -Last 3 } catch { $_.ErrorDetails.RecommendedAction }) | Should -BeLike 'Start-DropMonitor*' }
}

Describe 'A cmdlet that changes state' {
    It '<_> supports -WhatIf and -Confirm' -ForEach 'Start-DropMonitor', 'Stop-DropMonitor', 'Export-NetDrop' {
        (Get-Command $_).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command $_).Parameters.Keys | Should -Contain 'Confirm'
    }
}

Describe 'The command that fixes an error' {
    BeforeAll {
        try { Import-NetDrop -LiteralPath $TestDrive/missing.jsonl -ErrorAction Stop } catch { $problem = $_ }
        $remedy = [regex]::Escape($problem.ErrorDetails.RecommendedAction)
    }

    It 'stands once in <_>' -ForEach 'ConciseView', 'DetailedView' {
        $ErrorView = $_
        [regex]::Matches(($problem | Out-String -Width 1000), $remedy) | Should -HaveCount 1
    }
    It 'stands once in Get-Error' { [regex]::Matches(($problem | Get-Error | Out-String -Width 1000), $remedy) | Should -HaveCount 1 }
    It 'is no part of the message, which NormalView shows alone' {
        $ErrorView = 'NormalView'
        [regex]::Matches(($problem | Out-String -Width 1000), $remedy) | Should -HaveCount 0
        $problem.Exception.Remedy | Should -Be $problem.ErrorDetails.RecommendedAction
    }
}
