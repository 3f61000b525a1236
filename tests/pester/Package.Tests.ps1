BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $scripts = git -C $root ls-files -- '*.ps1' '*.psm1' '*.psd1' | ForEach-Object { @{ Script = "$root/$_" } }
    # The distribution of PowerShell decides whether these are there.
    $galleries = @(
        @{ Install = 'Install-PSResource'; Script = 'Register-PSResourceRepository -Name local -Uri $env:FEED -Trusted; Install-PSResource DropMon -Repository local -Scope CurrentUser' }
        @{ Install = 'Install-Module'; Script = 'Register-PSRepository -Name local -SourceLocation $env:FEED -InstallationPolicy Trusted; Install-Module DropMon -Repository local -Scope CurrentUser' }
    ) | Where-Object { Get-Command $_.Install -ErrorAction Ignore }
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

Describe 'The package' {
    BeforeAll {
        $feed = "$root/artifacts"
        $log = & $root/scripts/package 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $log
        $look = 'Import-Module DropMon; (Get-Module DropMon).ModuleBase; (Get-Help Watch-NetDrop).Synopsis; "$(Get-NetDropReason NO_SOCKET)"'

        function Invoke-Elsewhere([string] $Path, [string] $Script) {
            # A user who has nothing yet but this PowerShell, and folders for data: without them PSResourceGet keeps its own where it stands.
            $null = New-Item -ItemType Directory "$Path/.local/share", "$Path/.cache" -Force
            env HOME=$Path XDG_DATA_HOME=$Path/.local/share XDG_CACHE_HOME=$Path/.cache "PSModulePath=$Path/.local/share/powershell/Modules:$env:PSModulePath" FEED=$feed pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Script" 2>&1
        }
    }

    It 'installs by copying its folder' {
        $modules = (New-Item -ItemType Directory "$TestDrive/copied/.local/share/powershell/Modules" -Force).FullName
        Copy-Item $feed/DropMon $modules -Recurse
        $answer = Invoke-Elsewhere "$TestDrive/copied" $look
        $answer[0] | Should -BeLike "$modules/DropMon/*"
        $answer[1..2] | Should -Be 'Watches dropped packets as they happen.', 'NO_SOCKET: No socket was there to take the packet.'
    }
    It 'installs with <Install> from a folder of packages' -ForEach $galleries {
        $there = (New-Item -ItemType Directory "$TestDrive/$Install").FullName
        $answer = Invoke-Elsewhere $there "$Script; $look"
        $answer[0] | Should -BeLike "$there/.local/share/powershell/Modules/DropMon/*"
        $answer[1..2] | Should -Be 'Watches dropped packets as they happen.', 'NO_SOCKET: No socket was there to take the packet.'
    }
    It 'has the files of the module and the licence at the top, and no others' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead((Get-Item $feed/DropMon.*.nupkg).FullName)
        try { $names = $archive.Entries.FullName } finally { $archive.Dispose() }
        foreach ($name in 'DropMon.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'lib/DropMon.dll', 'lib/DropMon.Core.dll', 'en-US/DropMon.dll-Help.xml', 'en-US/about_DropAlert.help.txt') { $names | Should -Contain $name }
        $names | Where-Object { $_ -like '*.pdb' -or $_ -like '*.cs' -or $_ -like 'lib/net*' } | Should -BeNullOrEmpty
    }
    It 'has dropmon as one file that needs nothing installed' {
        Copy-Item $feed/dropmon/linux-x64/dropmon $TestDrive/dropmon
        (env -i PATH=/nowhere $TestDrive/dropmon explain NO_SOCKET)[0] | Should -Match '^NO_SOCKET \(core'
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
    It 'is sandboxed: systemd rates its exposure as 3.6 or less' {
        $report = systemd-analyze security --offline=true $unit
        [double] [regex]::Match("$report", 'exposure level for dropmon.service: ([\d.]+)').Groups[1].Value | Should -BeLessOrEqual 3.6
    }
    It 'has the capabilities that the privileges page names, and no other' {
        $granted = [regex]::Match((Get-Content $unit -Raw), '(?m)^CapabilityBoundingSet=(.*)$').Groups[1].Value -split ' '
        $granted | Sort-Object | Should -Be 'CAP_DAC_READ_SEARCH', 'CAP_NET_ADMIN', 'CAP_PERFMON', 'CAP_SYS_ADMIN', 'CAP_SYSLOG'
    }
}
