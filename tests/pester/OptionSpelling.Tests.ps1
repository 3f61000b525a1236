# The engine names options and commands by what they are; what the module writes for them must exist here.
BeforeDiscovery {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    $engine = [DropMon.DropAlert].Assembly
    $options = $engine.GetType('DropMon.Text.OptionId').GetProperty('All').GetValue($null) | ForEach-Object Name
    $commands = $engine.GetType('DropMon.Text.CommandId').GetProperty('All').GetValue($null) | ForEach-Object { $_.ToString() }
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    $text = (Get-Command Get-NetDrop).ImplementingType.Assembly.GetType('DropMon.Output.CmdletText').GetMethod('Of', [type[]]@([string]))
    function Get-Spelling([string] $Mark) { $text.Invoke($null, @($Mark)) }
}

Describe 'Options and commands in texts of the engine' {
    It '<_> is a parameter' -ForEach $options {
        $spelt = Get-Spelling "`u{27e8}$_`u{27e9}"
        # -Port is that of ssh in the cmdlets that ask several computers.
        $spelt | Should -BeExactly ($_ -eq 'Port' ? '-PacketPort' : "-$_")
        $name = $spelt.TrimStart('-')
        @(Get-Command -Module DropMon | Where-Object { $_.Parameters.ContainsKey($name) }).Count | Should -BeGreaterThan 0
    }

    It '<_> is something to run' -ForEach $commands {
        $spelt = Get-Spelling $_
        $spelt | Should -Not -Match '[\u27e8\u27e9]'
        Get-Command $spelt.Split(' ')[0] -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'An error says what to write here, and its message stays neutral' {
        $failure = $null
        try { Get-NetDrop -Source Tracepoint -InterfaceName lo -Duration 1 } catch { $failure = $_ }
        $failure.ErrorDetails.Message | Should -Match '-InterfaceName'
        $failure.ErrorDetails.Message | Should -Not -Match '[\u27e8\u27e9]'
        $failure.ErrorDetails.RecommendedAction | Should -Match '-InterfaceName'
        $failure.Exception.Message | Should -Match '\u27e8InterfaceName\u27e9'
    }

    It 'A finding of Test-DropMonitor has no marks' {
        $results = @(Test-DropMonitor -WarningAction SilentlyContinue)
        $results.Count | Should -BeGreaterThan 0
        ($results | ForEach-Object { $_.Detail; $_.Remedy }) -join ' ' | Should -Not -Match '[\u27e8\u27e9]'
    }
}
