# Computer 1 lies; computer 2 is a real one, in network namespaces as in Fleet.Tests.ps1.
BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/FleetHosts.psm1 -Force
    $fleet = New-FleetHost -Count 2 -Hostile 1 -Script @'
function Answer($Kind, $Properties) {
    $object = [pscustomobject]$Properties
    $object.PSObject.TypeNames.Insert(0, "DropMon.$Kind")
    $object
}
function Test-NetDrop {
    param([string[]] $Function, $Duration, [switch] $Quiet, [int[]] $Significance, $MaxCount, $Source)
    if (-not $Quiet) { return Answer DropHealth @{ Status = 'Passed'; ComputerName = 'good' } }
    switch ($Function[0]) {
        two { $true, $true }
        none { }
        null { $null }
        text { 'True' }
        number { 1 }
        object { [pscustomobject]@{ Well = $true } }
        list { , @($true) }
        failed { $true; Write-Error 'No source.' }
        yes { $true }
    }
}
function Get-NetDropCounter {
    param($Name)
    switch ($Name) {
        forged { Answer DropCounter @{ Name = 'Udp.NoPorts'; Value = 1; ComputerName = 'good' } }
        null { $null }
        alert { Answer DropAlert @{ Timestamp = [DateTimeOffset]::Now; Function = 'f'; Reason = 'R'; Count = 1; ComputerName = 'good' } }
        process { Get-Process -Id $PID }
        text { 'good' }
    }
}
function Measure-NetDrop { param($Duration) Answer DropMeasurement @{ Name = 'f'; Count = 1; ComputerName = 'good' } }
'@
    $both = Get-FleetParameter $fleet -Number 1, 2
    $evil = Get-FleetParameter $fleet -Number 1
    # Of computer 2 the tracepoint may lose drops on idle CPUs, and then its check is inconclusive.
    $quiet = @{ Source = 'Ebpf'; Duration = 1; Quiet = $true; ErrorAction = 'SilentlyContinue'; ErrorVariable = '+problems' }
}
AfterAll { if ($fleet) { Remove-FleetHost $fleet } }

Describe 'Test-NetDrop -Quiet of a computer that lies' {
    BeforeEach { $problems = @() }

    It 'takes one yes of each' { Test-NetDrop @both @quiet -Function yes | Should -BeTrue }

    It 'is false, and an error names the computer, where it answers <_>' -ForEach 'two', 'none', 'null', 'text', 'number', 'object', 'list' {
        Test-NetDrop @both @quiet -Function $_ | Should -Be @($false)
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'HostAnswerInvalid,DropMon.Commands.TestNetDropCommand'
        $problems[0].TargetObject | Should -Be $evil.HostName[0]
    }

    It 'is false where it says yes and reports an error' { Test-NetDrop @both @quiet -Function failed | Should -BeFalse }

    It 'is false where one that is given twice answers no yes' {
        $twice = $both + @{}
        $twice.HostName = $evil.HostName + $both.HostName
        Test-NetDrop @twice @quiet -Function none | Should -BeFalse
    }
}

Describe 'The objects of a computer that lies' {
    It 'have the name that it was given here, of <Command>' -ForEach @(
        @{ Command = 'Get-NetDropCounter'; With = @{ Name = 'forged' } }
        @{ Command = 'Measure-NetDrop'; With = @{ Duration = 1 } }
        @{ Command = 'Test-NetDrop'; With = @{ Duration = 1 } }
    ) { (& $Command @evil @With).ComputerName | Should -Be $evil.HostName }

    It 'are refused where the cmdlet returns none like it: <_>' -ForEach 'null', 'alert', 'process', 'text' {
        Get-NetDropCounter $_ @evil -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'HostAnswerInvalid,DropMon.Commands.GetNetDropCounterCommand'
        $problems[0].TargetObject | Should -Be $evil.HostName[0]
    }

    It 'are refused without a broken connection, where they are $null' {
        Get-NetDropCounter null @evil -ErrorAction SilentlyContinue -ErrorVariable problems
        "$problems" | Should -BeLike '*: its answer is refused: $null stands where an object*'
    }
}
