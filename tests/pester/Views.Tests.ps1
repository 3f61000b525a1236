# Everything that a cmdlet returns, and what lies within it: seen as a table, a list and wide, alive and after a journey.
BeforeDiscovery {
    $kinds = 'Alert', 'Frame', 'Status', 'Counter', 'Change', 'Measurement', 'Reconciliation', 'Comparison', 'Reason', 'Examined', 'Health', 'Check', 'Location', 'Packet', 'Ledger', 'Socket', 'Explanation' | ForEach-Object { @{ Kind = $_ } }
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    New-AlertFile $TestDrive/alerts.jsonl -Count 3
    $alerts = Import-NetDrop $TestDrive/alerts.jsonl
    $null = Start-DropMonitor
    $status = Get-DropMonitor
    Stop-DropMonitor
    $traffic = Start-Traffic
    try {
        $before = Get-NetDropCounter
        $objects = @{
            Alert          = $alerts
            Frame          = $alerts[0].StackTrace
            Status         = @($status)
            Reconciliation = @(Measure-NetDrop -Duration 1 -Reconcile -WarningAction Ignore)
            Measurement    = @(Measure-NetDrop -Duration 1 -WarningAction Ignore)
            Health         = @(Test-NetDrop -Duration 1 -Significance Expected)
            Check          = @(Test-DropMonitor)
        }
    }
    finally { Stop-Traffic $traffic }
    $objects += @{
        Counter    = $before
        Change     = @(Compare-NetDropCounter $before -IncludeSame)
        Comparison = @(Compare-NetDrop $objects.Measurement $null)
        Reason     = @(Get-NetDropReason)
        Examined   = @(Get-NetDropReason NO_SOCKET -Evidence)
        Location   = @(Resolve-NetDropLocation udp_rcv+1)
        Packet     = @($alerts.Packet)
        Ledger     = @($status.Ledger)
        Socket     = @($before.Socket | Where-Object { $_ })
        Explanation = @($objects.Reconciliation.Explained | Where-Object { $_ })
    }

    function Get-Journey($Object, [int] $Depth) {
        # As where the module is loaded but nothing turns the copy back into what it was: an alert comes home as an alert otherwise.
        $bare = [powershell]::Create().AddScript('[System.Management.Automation.PSSerializer]::Deserialize($args[0])')
        try { $bare.AddArgument([System.Management.Automation.PSSerializer]::Serialize(@($Object), $Depth)).Invoke() } finally { $bare.Dispose() }
    }
    function Get-Line($Objects, $View) { @(($Objects | & "Format-$View" | Out-String -Width 120) -split "`n" | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').TrimEnd() }) }
}

Describe 'A view of <Kind>' -ForEach $kinds {
    BeforeAll { $some = @($objects[$Kind] | Select-Object -First 40) }

    It 'is there to look at' { $some | Should -Not -BeNullOrEmpty }
    It 'fits 120 columns as <_>' -ForEach 'Table', 'List', 'Wide' {
        Get-Line $some $_ | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 }
    }
    It 'says the same of a copy from Export-Clixml, as <_>' -ForEach 'Table', 'List', 'Wide' -Skip:($Kind -eq 'Packet') {
        Get-Line (Get-Journey $some 2) $_ | Should -BeExactly (Get-Line $some $_)
    }
    It 'says the same of a copy from remoting, as <_>' -ForEach 'Table', 'List', 'Wide' -Skip:($Kind -eq 'Packet') {
        # Remoting sends objects one by one, each to the depth of 1.
        Get-Line @($some | ForEach-Object { Get-Journey $_ 1 }) $_ | Should -BeExactly (Get-Line $some $_)
    }
    It 'has a table, a list and a wide view of its own' {
        $type = $some[0].GetType() -eq [string] ? $some[0].pstypenames[0] : $some[0].GetType().FullName
        $controls = Get-FormatData -TypeName $type -PowerShellVersion 7.4 | ForEach-Object { foreach ($view in $_.FormatViewDefinition) { $view.Control.GetType().Name } }
        $controls | Sort-Object -Unique | Should -Be 'ListControl', 'TableControl', 'WideControl'
    }
    It 'is text that says what it is' { "$($some[0])" | Should -Not -Match 'DropMon\.|^@\{' }
}

Describe 'A packet from elsewhere' {
    It 'is its text' { Get-Journey $alerts[0].Packet 2 | Should -BeExactly "$($alerts[0].Packet)" }
}

Describe 'ConvertTo-Json of <Kind>' -ForEach $kinds {
    BeforeAll {
        # Several at once, as from a pipeline: one level deeper than one alone.
        $json = @($objects[$Kind] | Select-Object -First 20) + $objects[$Kind][-1] | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'is not cut off at the depth that it has by default' { $warnings | Should -BeNullOrEmpty }
    It 'names values of enumerations' {
        foreach ($name in 'Class', 'Significance', 'Source', 'Origin', 'Status', 'State', 'ImpliesDrop', 'Verdict', 'Cause') {
            [regex]::Matches($json, "`"$name`": \d") | Should -BeNullOrEmpty -Because $name
        }
    }
}

Describe 'Groups' {
    It 'have the value as heading and the usual table below' {
        $lines = Get-Line ($alerts | Sort-Object Reason | Format-Table -GroupBy Reason) Table
        @($lines -match '^\s+Reason: ').Count | Should -Be 3
        @($lines -match '^Time +Count +Class').Count | Should -Be 3
    }
}

Describe 'Colour' {
    It 'is not in the output of a session with <_>' -ForEach 'NO_COLOR', 'PlainText' {
        $command = "Import-Module '$PSScriptRoot/../../DropMon.psd1'; $(if ($_ -eq 'PlainText') { '$PSStyle.OutputRendering = "PlainText"; ' })Import-NetDrop '$TestDrive/alerts.jsonl'; Get-NetDropCounter Udp.*"
        # script(1) gives it a terminal, where it would use colour.
        $text = script -qec "env $(if ($_ -eq 'NO_COLOR') { 'NO_COLOR=1' } else { '-u NO_COLOR' }) TERM=xterm pwsh -NoProfile -NonInteractive -Command `"$($command.Replace('$', '\$').Replace('"', '\"'))`"" /dev/null | Out-String
        $text | Should -Match 'NO_SOCKET'
        $text | Should -Not -Match '\x1b\[[0-9;]*m'
    }
}
