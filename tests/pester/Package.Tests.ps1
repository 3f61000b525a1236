BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $scripts = git -C $root ls-files -- '*.ps1' '*.psm1' '*.psd1' | ForEach-Object { @{ Script = "$root/$_" } }
    $analyzerMissing = -not (Get-Module -ListAvailable PSScriptAnalyzer)
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $settings = "$PSScriptRoot/PSScriptAnalyzerSettings.psd1"
}

Describe 'The module as it is given away' {
    It 'has a valid manifest' { (Test-ModuleManifest $root/DropMon.psd1 -ErrorAction Stop).Name | Should -Be 'DropMon' }

    It 'has the version of its assemblies' {
        $file = [System.Diagnostics.FileVersionInfo]::GetVersionInfo("$root/lib/DropMon.dll").ProductVersion
        ($file -split '\+')[0] | Should -Be (Import-PowerShellDataFile $root/DropMon.psd1).ModuleVersion
    }

    It 'imports in a session without profile and exports what the manifest says' {
        $exported = pwsh -NoProfile -NonInteractive -Command "(Import-Module $root/DropMon.psd1 -PassThru).ExportedCommands.Keys"
        $exported | Sort-Object | Should -Be ((Import-PowerShellDataFile $root/DropMon.psd1).CmdletsToExport | Sort-Object)
    }

    # What makes Import-Module slow, and is easily brought back.
    It 'has no list in its manifest that is a series of statements' {
        $manifest = [System.Management.Automation.Language.Parser]::ParseFile("$root/DropMon.psd1", [ref] $null, [ref] $null)
        $lists = $manifest.FindAll({ $args[0] -is [System.Management.Automation.Language.ArrayExpressionAst] }, $true)
        $lists.Count | Should -BeGreaterThan 0
        $lists | Where-Object { $_.SubExpression.Statements.Count -gt 1 } | Should -BeNullOrEmpty
    }
    It 'names the assembly of every type that its type file refers to' {
        $types = ([xml] (Get-Content $root/lib/DropMon.Types.ps1xml -Raw)).SelectNodes('//TypeName | //NoteProperty[Name="TargetTypeForDeserialization"]/Value').InnerText
        $types.Count | Should -BeGreaterThan 0
        $types | Where-Object { $_ -notmatch '^[\w.]+, DropMon$' } | Should -BeNullOrEmpty
    }

    It 'uses approved verbs only' {
        pwsh -NoProfile -NonInteractive -Command "Import-Module $root/DropMon.psd1 3>&1" | Should -BeNullOrEmpty
    }

    It 'carries no assembly but its own' {
        (Get-ChildItem $root/lib -Filter *.dll).Name | Sort-Object | Should -Be 'DropMon.Core.dll', 'DropMon.dll'
    }

    It 'pleases PSScriptAnalyzer: <Script>' -ForEach $scripts -Skip:$analyzerMissing {
        Invoke-ScriptAnalyzer $Script -Settings $settings | ForEach-Object { "$($_.Line): $($_.RuleName)" } | Should -BeNullOrEmpty
    }

    It 'says when PSScriptAnalyzer could not look' -Skip:(-not $analyzerMissing) {
        Get-Module -ListAvailable PSScriptAnalyzer | Should -BeNullOrEmpty
        Write-Warning 'PSScriptAnalyzer is not installed: the scripts were not analysed.'
    }
}

Describe 'The service' {
    BeforeAll {
        # With the path of a command that is here: systemd looks whether it can be run.
        $unit = "$TestDrive/dropmon.service"
        (Get-Content $root/packaging/systemd/dropmon.service -Raw) -replace '/usr/local/bin/dropmon', '/bin/true' | Set-Content $unit
    }

    It 'is a unit that systemd has nothing to say against' {
        systemd-analyze verify $unit 2>&1 | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
    }
    It 'is sandboxed: systemd rates its exposure as 3.5 or less' {
        $report = systemd-analyze security --offline=true $unit
        [double] [regex]::Match("$report", 'exposure level for dropmon.service: ([\d.]+)').Groups[1].Value | Should -BeLessOrEqual 3.5
    }
    It 'has the capabilities that the privileges page names, and no other' {
        $granted = [regex]::Match((Get-Content $unit -Raw), '(?m)^CapabilityBoundingSet=(.*)$').Groups[1].Value -split ' '
        $granted | Sort-Object | Should -Be 'CAP_DAC_READ_SEARCH', 'CAP_NET_ADMIN', 'CAP_PERFMON', 'CAP_SYS_ADMIN', 'CAP_SYSLOG'
    }
}
