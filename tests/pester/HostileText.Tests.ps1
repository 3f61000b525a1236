# Names that steer a terminal, from files, interfaces and processes: no text of any object, view, warning or error has them as they are.
BeforeDiscovery {
    $kinds = 'Alert', 'Frame', 'Packet', 'Ledger', 'Counter', 'Socket', 'Change', 'Measurement', 'Reconciliation', 'Health', 'Comparison', 'Reason', 'Evidence', 'Check', 'Status', 'Location' |
        ForEach-Object { @{ Kind = $_ } }
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/ScriptedHosts.psm1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    $former = $PSStyle.OutputRendering
    # Then every escape in a view is one that came in.
    $PSStyle.OutputRendering = 'PlainText'
    # CSI, OSC, the C1 form of CSI, an override of direction, an invisible tag, line ends.
    $evil = "h`e[2J`e]0;c`a$([char] 0x9b)e$([char] 0x202e)$([char]::ConvertFromUtf32(0xe0041))`r`n"
    $json = ($evil | ConvertTo-Json).Trim('"')

    function New-HostileFile([string] $Path) {
        New-AlertFile $Path -Count 3
        $text = Get-Content $Path -Raw
        foreach ($known in 'ksoftirqd/3', 'eth0', 'web-01', '__udp4_lib_rcv', '__udp4_lib_mcast_deliver', 'udp_module', 'net/ipv4/udp.c', 'blackhole', 'l3_drops', 'No socket was bound to the port.', 'NoPorts', 'udp_queue_rcv_one_skb', 'br_handle_frame', '"bridge"') {
            $text = $text.Replace($known, $(if ($known[0] -eq '"') { """$json""" } else { "$known$json" }))
        }
        Set-Content $Path $text.TrimEnd()
        Add-Content $Path "{""Record"":""Ledger"",""Received"":9,""Gaps"":[""$json""],""Losses"":[{""Cause"":""Own$json"",""Count"":3,""IsExact"":true,""Description"":""$json"",""Remedy"":""$json""}]}"
    }
    New-HostileFile $TestDrive/hostile.jsonl
    $warnings = $null
    $alerts = @(Import-NetDrop $TestDrive/hostile.jsonl -WarningVariable warnings -WarningAction SilentlyContinue)

    # An interface and a process in a network namespace of this test, seen by a pwsh that runs in it. It hands objects over as they are: as XML.
    $place = "dmtext$PID"
    $shell = "$TestDrive/h$([char] 27)2J$([char] 7)"
    $isRoot = (id -u) -eq 0
    if ($isRoot) {
        Copy-Item /bin/bash $shell
        ip netns add $place
        ip -n $place link set lo up
        ip -n $place link add a0 type veth peer name "h$([char] 27)[2J"
        ip -n $place link set a0 up
        $script = @"
Import-Module '$PSScriptRoot/../../DropMon.psd1'
`$PSStyle.OutputRendering = 'PlainText'
`$traffic = Start-Process -PassThru -FilePath '$shell' -ArgumentList '-c', '"exec 3<>/dev/udp/127.0.0.1/9; while sleep 0.05; do echo x >&3; done"' -RedirectStandardError /dev/null
try {
    `$before = Get-NetDropCounter
    `$found = @(
        `$before; `$before.Socket
        Measure-NetDrop -By ProcessName, InterfaceName -Duration 2 -Reconcile 3>&1
        Get-NetDrop -Duration 1 3>&1
        Test-NetDrop -Duration 1 3>&1
        Compare-NetDropCounter `$before
        Get-NetDropReason NO_SOCKET, QDISC_DROP, DEV_READY, SOCKET_RCVBUFF -Evidence
        Test-DropMonitor
        `$null = Start-DropMonitor; Get-DropMonitor; Stop-DropMonitor
    )
}
finally { `$traffic.Kill() }
`$found | Export-Clixml -Depth 4 '$TestDrive/live.xml'
`$found | Format-Table | Out-String -Width 200 | Set-Content '$TestDrive/live.txt'
`$found | Format-List * | Out-String -Width 200 | Add-Content '$TestDrive/live.txt'
"@
        Set-Content $TestDrive/live.ps1 $script
        ip netns exec $place pwsh -NoProfile -NonInteractive -File $TestDrive/live.ps1 *>$TestDrive/live.out
    }

    $measured = @($alerts | Measure-NetDrop -By ProcessName, InterfaceName, Function, Module, TrapName)
    $counters = @(Get-NetDropCounter)
    $objects = @{
        Alert          = $alerts
        Frame          = @($alerts.StackTrace | Where-Object { $_ })
        Packet         = @($alerts.Packet | Where-Object { $_ })
        Ledger         = @($warnings)
        Counter        = $counters
        Socket         = @($counters.Socket | Where-Object { $_ })
        Change         = @(Compare-NetDropCounter $counters -IncludeSame)
        Measurement    = $measured
        Reconciliation = @($measured | Where-Object { $_ })
        Health         = @($alerts | Test-NetDrop -MaxCount 0)
        Comparison     = @(Compare-NetDrop $measured $null)
        Reason         = @($alerts | Get-NetDropReason)
        Evidence       = @(($alerts | Get-NetDropReason -Evidence).Evidence)
        Check          = @(Test-DropMonitor)
        Status         = @(Get-DropMonitor)
        Location       = @(Resolve-NetDropLocation udp_rcv+1)
    }
    function Get-Unsafe([string] $Text) { foreach ($match in [regex]::Matches($Text, '[\p{Cc}\p{Cf}\u2028\u2029-[\n\r\t]]')) { '{0:x4}' -f [int] $match.Value[0] } }
}

AfterAll {
    $PSStyle.OutputRendering = $former
    if ($isRoot) { ip netns del $place }
}

Describe 'A hostile file' {
    It 'is one: its names reach the alerts, escaped' {
        $alerts | Should -HaveCount 3
        $alerts[0].ProcessName | Should -BeLike 'ksoftirqd/3h\u001b*'
        $alerts[0].InterfaceName | Should -BeLike 'eth0h\u001b*'
        $alerts[0].ComputerName | Should -BeLike 'web-01h\u001b*'
        "$warnings" | Should -BeLike '*\u001b*'
    }
    It 'steers no terminal by any property of <Kind>' -ForEach $kinds {
        Find-UnsafeText $objects[$Kind] | Should -BeNullOrEmpty
    }
    It 'steers no terminal by any view of <Kind>' -ForEach $kinds {
        foreach ($view in { $input | Out-String }, { $input | Format-Table | Out-String }, { $input | Format-List | Out-String }, { $input | Format-List * | Out-String }, { $input | Format-Wide | Out-String }, { $input | Format-Table * | Out-String -Width 400 }) {
            Get-Unsafe ($objects[$Kind] | & $view) | Should -BeNullOrEmpty -Because $view
        }
    }
    It 'steers none by what goes on to <_>' -ForEach 'JSON', 'CSV', 'a file of alerts' {
        $text = switch ($_) {
            'JSON' { $alerts | ConvertTo-Json -Depth 4 }
            'CSV' { $alerts | ConvertTo-Csv | Out-String }
            default { $alerts | Export-NetDrop $TestDrive/again.jsonl; Get-Content $TestDrive/again.jsonl -Raw }
        }
        $text | Should -Match 'u001b'
        Get-Unsafe $text | Should -BeNullOrEmpty
    }
}

Describe 'An error about a hostile text' {
    It 'says it escaped: <Name>' -ForEach @(
        @{ Name = 'a file that is not there'; Script = { Import-NetDrop -LiteralPath "$TestDrive/$($evil.TrimEnd()).jsonl" } }
        @{ Name = 'a file to write where there is no folder'; Script = { $alerts | Export-NetDrop "$TestDrive/$($evil.TrimEnd())/x.jsonl" } }
        @{ Name = 'a file of an unknown kind'; Script = { $alerts | Export-NetDrop "$TestDrive/x.$($evil.TrimEnd())" } }
        @{ Name = 'a reason'; Script = { Get-NetDropReason $evil.Replace('[', '') } }
        @{ Name = 'a pattern'; Script = { Get-NetDropReason "[h`e`a" } }
        @{ Name = 'a location'; Script = { Resolve-NetDropLocation $evil } }
        @{ Name = 'a counter'; Script = { Get-NetDropCounter $evil.Replace('[', '') } }
        @{ Name = 'a protocol'; Script = { Get-NetDrop -Protocol $evil.Replace('[', '') -Duration 1 } }
        @{ Name = 'a class'; Script = { Get-NetDrop -Class $evil.Replace('[', '') -Duration 1 } }
        @{ Name = 'a source'; Script = { Get-NetDrop -Source $evil -Duration 1 } }
        @{ Name = 'a computer'; Script = { Get-NetDropCounter -HostName $evil } }
        @{ Name = 'an input'; Script = { [pscustomobject]@{ $evil = $evil } | Export-NetDrop $TestDrive/no.jsonl } }
    ) {
        $problem = try { $ErrorActionPreference = 'Stop'; & $Script 3>$null | Out-Null } catch { $_ }
        $problem | Should -Not -BeNullOrEmpty
        foreach ($view in 'NormalView', 'ConciseView', 'CategoryView', 'DetailedView') {
            $ErrorView = $view
            # The line of the script that failed is this test's own.
            $text = if ($view -eq 'NormalView') { "$problem" } else { $problem | Out-String }
            if ($problem.FullyQualifiedErrorId -like '*DropMon.Commands*' -and $problem.Exception -isnot [System.Management.Automation.ParameterBindingException]) {
                Get-Unsafe $text | Should -BeNullOrEmpty -Because "$view of $($problem.FullyQualifiedErrorId)"
            }
        }
        if ($problem.ErrorDetails) { Find-UnsafeText $problem.ErrorDetails | Should -BeNullOrEmpty }
    }
}

Describe 'A hostile interface and process' -Skip:((id -u) -ne 0) {
    It 'are seen' {
        Get-Content $TestDrive/live.out -Raw | Should -BeNullOrEmpty
        Get-Content $TestDrive/live.txt -Raw | Should -Match 'h\\u001b'
    }
    It 'steer no terminal by any property of any object' {
        Find-UnsafeText @(Import-Clixml $TestDrive/live.xml) | Should -BeNullOrEmpty
    }
    It 'steer none by any view' { Get-Unsafe (Get-Content $TestDrive/live.txt -Raw) | Should -BeNullOrEmpty }
}
