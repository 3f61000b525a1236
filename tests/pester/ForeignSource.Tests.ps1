# A source that DropMon has never heard of is added by one descriptor: the cmdlets take it from the module's private data and say everything from it.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    $tests = Get-ChildItem "$PSScriptRoot/../DropMon.Core.Tests/bin" -Recurse -Filter DropMon.Core.Tests.dll | Sort-Object LastWriteTime | Select-Object -Last 1
    $tests | Should -Not -BeNullOrEmpty -Because 'dotnet build makes it'
    # The engine is loaded by the module; the tests' assembly has the descriptor.
    $null = [DropMon.DropAlert]
    $module = Get-Module DropMon
    $module.PrivateData['SourceCatalog'] = [System.Reflection.Assembly]::LoadFrom($tests.FullName).GetType('DropMon.Tests.Sources.ForeignCatalog')::Create()

    function Get-Refusal([scriptblock] $Script) {
        try { & $Script } catch { return $_ }
        throw 'Nothing was refused.'
    }
}
AfterAll {
    Stop-DropMonitor -ErrorAction Ignore -WarningAction Ignore
    $module.PrivateData.Remove('SourceCatalog')
    Remove-Module DropMon
}

Describe 'A foreign source' {
    It 'delivers alerts that carry its name' { (Get-NetDrop -Source fake -Count 2).Source | Should -Be Fake, Fake }
    It 'is logged when it is opened and closed, where debug messages are shown' {
        $DebugPreference = 'Continue'
        $log = Get-NetDrop -Source Fake -Count 1 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        $log.Message | Should -Contain 'The source Fake is closed.'
        $log.Message -match '^The source Fake is open .* Opening took \d+ ms\.$' | Should -HaveCount 1
    }
    It 'is logged for no one otherwise' { (Get-NetDrop -Source Fake -Count 1 5>&1).Count | Should -Be 1 }
    It 'is logged by cmdlets that run in the background and by the measure, too' {
        $DebugPreference = 'Continue'
        "$(Measure-NetDrop -Source Fake -Duration 0.3 5>&1)" | Should -Match 'The source Fake is open'
        try { "$(Start-DropMonitor -Source Fake 5>&1)" | Should -Match 'The source Fake is open' }
        finally { Stop-DropMonitor }
    }
    It 'is chosen where the choice is left open' { (Get-NetDrop -Count 1).Source | Should -Be Fake }
    It 'is measured' { (Measure-NetDrop -Source Fake -Duration 0.3 -By Function | Measure-Object Count -Sum).Sum | Should -Be 3 }
    It 'is named by a monitor in the background, with what it never reports' {
        $null = Start-DropMonitor -Source Fake
        try {
            $status = Get-DropMonitor
            $status.Source | Should -Be Fake
            $status.Notes | Should -Contain 'The fake sees only what a test shows it.'
        }
        finally { Stop-DropMonitor }
    }
    It 'is refused for what it cannot report, with the source that can' {
        $refusal = Get-Refusal { Get-NetDrop -Source Fake -Hardware -Count 1 }
        $refusal.Exception.Message | Should -Be 'The fake does not report hardware drops.'
        $refusal.ErrorDetails.RecommendedAction | Should -Be 'Use -Source NetDm, or leave out -Hardware.'
    }
    It 'is refused for a filter on what its alerts do not carry' {
        "$(Get-Refusal { Watch-NetDrop -Source Fake -Reason NO_SOCKET -Count 1 })" | Should -Be 'The fake does not report the reason, so -Reason would match nothing.'
    }
    It 'is among the names that -Source takes, and the tracepoint, which the catalog lacks, is not' {
        $refusal = Get-Refusal { Get-NetDrop -Source Nowhere -Count 1 }
        $refusal.ErrorDetails.RecommendedAction | Should -Be 'Use Auto, Fake or NetDm.'
        (Get-Refusal { Get-NetDrop -Source Tracepoint -Count 1 }).Exception.Message | Should -Be "There is no source 'Tracepoint'."
    }
    It 'is completed, with its title' {
        $offers = (TabExpansion2 -inputScript 'Get-NetDrop -Source Fa' -cursorColumn 22).CompletionMatches
        $offers.CompletionText | Should -Be Fake
        $offers.ToolTip | Should -Be "the tests' own fake"
    }
    It 'has its own checks and its control drop in the preflight, with why a property is null' {
        $results = Test-DropMonitor -WarningAction Ignore
        ($results | Where-Object Name -EQ FakeNeeds).Detail | Should -Be 'The fake needs nothing.'
        $control = $results | Where-Object Name -EQ ControlDropFake
        $control.Detail | Should -Match '^Seen after'
        ($control.NullProperties | Where-Object Property -EQ Packet).Why | Should -Be 'the fake has no packets'
        $results.Name | Should -Not -Contain ControlDropTracepoint
    }
    It 'is exported under its name' {
        $file = Join-Path ([System.IO.Path]::GetTempPath()) "dropmon-foreign-$PID.jsonl"
        try {
            Get-NetDrop -Source Fake -Count 1 | Export-NetDrop $file
            Get-Content $file -Raw | Should -Match '"Source":"Fake"'
        }
        finally { Remove-Item -LiteralPath $file -ErrorAction Ignore }
    }
}
