BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $scripts = 'DropMon.psd1', 'build.ps1', 'docs/build-help.ps1' | ForEach-Object { @{ Script = "$root/$_" } }
    $analyzerMissing = -not (Get-Module -ListAvailable PSScriptAnalyzer)
}

BeforeAll { $root = (Resolve-Path "$PSScriptRoot/../..").Path }

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
        Invoke-ScriptAnalyzer $Script -Severity Error, Warning | ForEach-Object { "$($_.Line): $($_.RuleName)" } | Should -BeNullOrEmpty
    }

    It 'says when PSScriptAnalyzer could not look' -Skip:(-not $analyzerMissing) {
        Get-Module -ListAvailable PSScriptAnalyzer | Should -BeNullOrEmpty
        Write-Warning 'PSScriptAnalyzer is not installed: the scripts were not analysed.'
    }
}
