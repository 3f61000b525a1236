BeforeDiscovery {
    $table = Get-Content -LiteralPath "$PSScriptRoot/../DropMon.Core.Tests/Golden/Patterns/wildcards.json" -Raw -Encoding utf8 | ConvertFrom-Json
    $rows = foreach ($row in $table.Patterns) {
        @{ Pattern = $row.Pattern; Expected = @($row.Matches); IsFault = [bool]$row.Fault; Names = $table.Names }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
}

Describe 'Patterns of names' {
    It 'The table that the engine is held to says what PowerShell says of <Pattern>' -ForEach $rows {
        $options = [System.Management.Automation.WildcardOptions]'IgnoreCase, CultureInvariant'
        $found = try {
            $wildcard = [System.Management.Automation.WildcardPattern]::Get($Pattern, $options)
            @($Names | Where-Object { $wildcard.IsMatch($_) }) -join "`n"
        } catch [System.Management.Automation.WildcardPatternException], [System.Management.Automation.MethodInvocationException] {
            'fault'
        }
        $found | Should -BeExactly $(if ($IsFault) { 'fault' } else { $Expected -join "`n" })
    }

    It '<_> is refused where a pattern is asked for, before anything is done' -ForEach @(
        { Get-NetDrop -Reason 'NO_[' -Duration 1 }
        { Measure-NetDrop -Function '[z-a]' -Duration 1 }
        { Watch-NetDrop -InterfaceName 'eth[' }
        { Test-NetDrop -Exclude 'NO_[' -Duration 1 }
        { Get-NetDropCounter -InterfaceName '[' }
    ) {
        $_ | Should -Throw -ErrorId 'ParameterArgumentValidationError*' -ExpectedMessage '*is not a valid pattern*'
    }

    It 'An empty list is an error, and not a filter that lets everything or nothing through' {
        { Get-NetDrop -Reason @() -Duration 1 } | Should -Throw -ErrorId 'FilterInvalid*'
    }

    It 'Null asks for nothing' {
        @(Get-NetDropCounter -InterfaceName $null -Name 'UDP.InErr[n-p]rs').Count | Should -Be 1
    }
}
