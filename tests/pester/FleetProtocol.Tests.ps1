# Computers that say what a script says, in the place of ssh: what a hostile or hung one can do. Real ones are in Fleet.Tests.ps1.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/ScriptedHosts.psm1 -Force
    $manifest = (Resolve-Path $PSScriptRoot/../../DropMon.psd1).Path
    # CSI, OSC, the C1 form of CSI, an override of direction, an invisible tag.
    $evil = 'a\u001b[31mb\u001b]0;c\u0007d\u009be\u202ef\U000e0041g\r\nh'
    $json = $evil -replace '\\U000e0041', '\udb40\udc41'
    $plain = [regex]::Unescape($json)
    function Encode([string] $Text) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)) }
    function Write-Hostile($Kind) {
        # Every property of the type, whatever its own type, with a text within lists and tables too.
        $object = [pscustomobject]@{}
        foreach ($name in $Kind.GetProperties().Name) { $object | Add-Member $name $plain }
        $object | Add-Member "x$plain" 1
        $object | Add-Member List @($plain, @($plain))
        $object | Add-Member Table @{ "k$plain" = $plain }
        $inner = [pscustomobject]@{ Name = $plain }
        $inner.PSObject.TypeNames.Insert(0, "X$plain")
        $object | Add-Member Inner $inner
        $object | Add-Member -MemberType ScriptMethod -Name ToString -Value { $plain }.GetNewClosure() -Force
        $object.PSObject.TypeNames.Insert(0, $Kind.FullName)
        "O $(Encode ([System.Management.Automation.PSSerializer]::Serialize($object, 4)))"
    }
    $alert = '{"Timestamp":"2026-01-01T00:00:00Z","Count":1,"Function":"f","Reason":"R","ComputerName":"good"'
    $texts = @('Module', 'SourceFile', 'Explanation', 'InterfaceName', 'ProcessName', 'Source', 'TrapName', 'TrapGroup', 'Symbol', 'Location', 'Protocol', 'Class') |
        ForEach-Object { """$_"":""$json""" }
    $hosts = @{
        good    = "echo '$alert}'; echo Z"
        texts   = "frame W '$evil'; frame V '$evil'; frame E '$evil' '$evil' '$evil' '$evil'; frame E 'Known,$evil' ObjectNotFound x y; echo Z"
        version = "# raw`nread -r boot; read -r script; echo DropMon-Fleet; frame M '$evil' 0; read -r run"
        noise   = "# raw`nprintf '$evil' >&2"
        fields  = @"
cat <<'END'
$(($texts | ForEach-Object { "$alert,$_}" }) -join "`n")
$alert,"StackTrace":[{"Function":"$json","Module":"$json","SourceFile":"$json"}]}
{"Record":"Ledger","Received":9,"Gaps":["$json"],"Losses":[{"Cause":"$json","Count":3,"IsExact":true,"Description":"$json","Remedy":"$json"}]}
Z
END
"@
        kinds   = (@([DropMon.DropCounter], [DropMon.DropCounterChange]) | ForEach-Object { "echo '$(Write-Hostile $_)'" }) + 'echo Z' -join "`n"
        groups  = "echo '$(Write-Hostile ([DropMon.DropMeasurement]))'; echo '$(Write-Hostile ([DropMon.CounterReconciliation]))'; echo Z"
        health  = "echo '$(Write-Hostile ([DropMon.DropHealth]))'; echo Z"
        script  = "frame O '<Objs Version=""1.1.0.1"" xmlns=""http://schemas.microsoft.com/powershell/2004/04""><SBK>1</SBK></Objs>'; echo Z"
        entity  = "frame O '<!DOCTYPE x [<!ENTITY a ""b"">]><Objs><S>&a;</S></Objs>'; echo Z"
        shape   = "echo hello; echo Z"
        long    = "echo '$alert}'; head -c 3000000 /dev/zero | tr '\0' x; sleep 30"
        cut     = "echo '$alert}'; printf '$alert'"
        greets  = "# raw`necho Welcome; begin; echo '$alert}'; echo Z"
        chatter = "# raw`nyes Welcome"
        mute    = "# raw`nexec sleep 300"
        hangs   = "echo '$alert}'; exec sleep 300"
        liar    = "while echo P; do sleep 1; done"
        flood   = "yes '$alert}'"
        frames  = "yes '$alert,""StackTrace"":[$((@('{}') * 1000) -join ',')]}'"
        sites   = "i=0; while i=`$((i+1)); do echo '$alert,""SourceFile"":""'`$i$('x' * 4000)'""}'; done"
        warns   = "yes `"`$(frame W $('x' * 3000))`""
        objects = "yes '$(Write-Hostile ([DropMon.DropCounter]))'"
        endless = "yes | tr -d '\n'"
    }
    $scripted = New-ScriptedHost $TestDrive $hosts
    function Invoke-Fleet([string] $Command) {
        # Peak memory of a pwsh of its own, in MB, and what else it says.
        @(pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'; $Command; 'Peak: ' + [int](((Get-Content /proc/self/status) -match 'VmHWM' -replace '\D')[0] / 1024)" 2>&1)
    }
    function Get-Peak($Said) {
        $match = [regex]::Match("$Said", 'Peak: (\d+)')
        $match.Success | Should -BeTrue -Because "$Said"
        Write-Host "  peak $($match.Groups[1].Value) MB"
        [int]$match.Groups[1].Value
    }
}
AfterAll { if ($scripted) { Remove-ScriptedHost $scripted } }

Describe 'A record of another computer' {
    It 'is of the computer that was asked, whatever name it holds' { (Watch-NetDrop -HostName good).ComputerName | Should -Be 'good' }
    It 'is of the computer that was asked, with a greeting before' { (Watch-NetDrop -HostName greets).ComputerName | Should -Be 'greets' }
    It 'has no text that steers a terminal' {
        $said = Get-NetDrop -HostName fields -Verbose 4>&1 3>&1
        $alerts = @($said | Where-Object { $_ -is [DropMon.DropAlert] })
        $alerts | Should -HaveCount ($texts.Count + 1)
        Find-UnsafeText $alerts | Should -BeNullOrEmpty
        "$said" | Should -Match '3 alerts were lost'
        foreach ($text in $said) { Find-UnsafeText "$text" | Should -BeNullOrEmpty }
    }
}

Describe 'What another computer says' {
    It 'has no text that steers a terminal, in warnings, -Verbose and errors' {
        $said = Get-NetDropCounter -HostName texts -Verbose -ErrorVariable problems -ErrorAction SilentlyContinue 3>&1 4>&1
        @($said | Where-Object { "$_" -match 'b\\u001b]0' }) | Should -HaveCount 2
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -Be 'HostFailed,DropMon.Commands.GetNetDropCounterCommand'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike 'a\u001b*'
        foreach ($record in @($said) + @($problems)) {
            foreach ($text in "$record", $record.ErrorDetails.Message, $record.ErrorDetails.RecommendedAction, $record.FullyQualifiedErrorId, $record.CategoryInfo, $record.Exception.Message) {
                Find-UnsafeText $text | Should -BeNullOrEmpty
            }
        }
    }
    It 'has none before it has begun: <_>' -ForEach 'version', 'noise' {
        Get-NetDropCounter -HostName $_ -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*a\u001b*'
        Find-UnsafeText "$($problems[0])" | Should -BeNullOrEmpty
    }
    It 'has none in any property of the objects of <Command>' -ForEach @(
        @{ Command = 'Get-NetDropCounter'; From = 'kinds'; Count = 2 }
        @{ Command = 'Measure-NetDrop'; From = 'groups'; Count = 2 }
        @{ Command = 'Test-NetDrop'; From = 'health'; Count = 1 }
    ) {
        $objects = @(& $Command -HostName $From)
        $objects | Should -HaveCount $Count
        $objects.ComputerName | Sort-Object -Unique | Should -Be $From
        $objects[0].List[0] | Should -BeLike 'a\u001b*'
        Find-UnsafeText $objects | Should -BeNullOrEmpty
    }
    It 'is refused where it is <_>, and the others deliver' -ForEach 'script', 'entity', 'shape' {
        Get-NetDropCounter -HostName $_ -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'HostAnswerInvalid,DropMon.Commands.GetNetDropCounterCommand'
    }
    It 'is refused where a line has no end, and what came before it stands' {
        (Get-NetDrop -HostName long, good -ErrorVariable problems -ErrorAction SilentlyContinue).ComputerName | Sort-Object | Should -Be 'good', 'long'
        $problems.FullyQualifiedErrorId | Should -Be 'HostAnswerInvalid,DropMon.Commands.GetNetDropCommand'
        $problems[0].TargetObject | Should -Be 'long'
    }
    It 'stands where the connection breaks, which is an error' {
        (Get-NetDrop -HostName cut -ErrorVariable problems -ErrorAction SilentlyContinue).ComputerName | Should -Be 'cut'
        $problems.FullyQualifiedErrorId | Should -Be 'HostLost,DropMon.Commands.GetNetDropCommand'
    }
}

Describe 'A computer that hangs' {
    It 'is given up where no session begins: <_>' -ForEach 'mute', 'chatter' {
        $hung = @{ HostName = $_; ConnectingTimeout = 2000 }
        (Get-NetDrop -SSHConnection $hung, @{ HostName = 'good' } -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue).ComputerName | Should -Be 'good'
        $problems.FullyQualifiedErrorId | Should -Be 'HostUnreachable,DropMon.Commands.GetNetDropCommand'
        $problems[0].TargetObject | Should -Be $_
    }
    It 'is given up where it stops to speak, and its results and those of others stay' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        (Get-NetDrop -HostName hangs, good -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue).ComputerName | Sort-Object | Should -Be 'good', 'hangs'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 25
        $problems.FullyQualifiedErrorId | Should -Be 'HostTimedOut,DropMon.Commands.GetNetDropCommand'
        $problems[0].TargetObject | Should -Be 'hangs'
    }
    It 'is given up where it lives and does not end' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Measure-NetDrop -HostName liar -Duration 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 45
        $problems.FullyQualifiedErrorId | Should -Be 'HostTimedOut,DropMon.Commands.MeasureNetDropCommand'
    }
    It 'does not hold Ctrl+C for long: <_>' -ForEach 'mute', 'hangs', 'flood' {
        $shell = [powershell]::Create().AddScript('param($manifest, $name) Import-Module $manifest; Watch-NetDrop -HostName $name').AddArgument($manifest).AddArgument($_)
        $run = $shell.BeginInvoke()
        Start-Sleep 2
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
        $run.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }
    It 'does not hold pwsh at its exit' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-Fleet '$null = [powershell]::Create().AddScript("Import-Module ''$((Get-Module DropMon).Path)''; Watch-NetDrop -HostName mute").BeginInvoke(); Start-Sleep 1; exit'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
    }
}

Describe 'Memory, beside a reader that sleeps' {
    It 'stays below 300 MB while a computer sends <_> without end' -ForEach 'flood', 'frames', 'sites', 'warns', 'endless' {
        $said = Invoke-Fleet "Watch-NetDrop -HostName $_, good -ErrorAction SilentlyContinue 3>&1 | ForEach-Object { if (-not `$slept) { `$slept = 1; Start-Sleep 10 }; `$_ } | Select-Object -First 20000 | Out-Null"
        Get-Peak $said | Should -BeLessThan 300
    }
    It 'stays below 300 MB while a computer sends objects without end' {
        $said = Invoke-Fleet 'Get-NetDropCounter -HostName objects | ForEach-Object { if (-not $slept) { $slept = 1; Start-Sleep 10 }; $_ } | Select-Object -First 2000 | Out-Null'
        Get-Peak $said | Should -BeLessThan 300
    }
}
