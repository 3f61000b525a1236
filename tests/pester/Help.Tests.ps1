BeforeDiscovery {
    $root = "$PSScriptRoot/../.."
    Import-Module $root/DropMon.psd1 -Force
    $cmdlets = (Get-Command -Module DropMon).Name | ForEach-Object { @{ Name = $_ } }
    $examples = foreach ($page in Get-ChildItem $root/docs/en-US/*-*.md) {
        $number = 0
        foreach ($fence in [regex]::Matches((Get-Content $page -Raw), '(?ms)^```powershell\n(.*?)\n```')) {
            @{ Name = $page.BaseName; Number = ++$number; Code = $fence.Groups[1].Value }
        }
    }
    # Other computers are played by tests/pester/Fleet.Tests.ps1.
    $local = $examples | Where-Object Code -NotMatch '-HostName|-SSHConnection'
}

BeforeAll {
    $root = "$PSScriptRoot/../.."
    Import-Module $root/DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    New-AlertFile $TestDrive/alert.jsonl
    $alert = Import-NetDrop $TestDrive/alert.jsonl
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a synopsis that is a sentence' { $help.Synopsis | Should -Match '^[A-Z].*\.$' }
    It 'has a description' { ($help.Description.Text -join ' ').Length | Should -BeGreaterThan 80 }
    It 'has three examples or more' { @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3 }
    It 'describes each parameter' {
        $own = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        foreach ($parameter in $own) {
            (Get-Help $Name -Parameter $parameter).Description.Text -join '' | Should -Match '^[A-Z`].{5,}' -Because "-$parameter needs a description"
        }
    }
    It 'has the syntax of the built cmdlet' {
        $page = Get-Content "$root/docs/en-US/$Name.md" -Raw
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + 'WhatIf' + 'Confirm'
        $sets = (Get-Command $Name).ParameterSets
        $syntax = [regex]::Match($page, '(?s)## SYNTAX(.*?)## DESCRIPTION').Groups[1].Value
        [regex]::Matches($syntax, '(?m)^### (\w+)').ForEach{ $_.Groups[1].Value } | Sort-Object | Should -Be ($sets.Name | Sort-Object)
        foreach ($set in $sets) {
            $usage = [regex]::Match($syntax, "(?s)### $($set.Name)\b.*?``````(.*?)``````").Groups[1].Value
            $written = [regex]::Matches($usage, '-([A-Z]\w+)(?=[\] ]|\r?\n|$)').ForEach{ $_.Groups[1].Value } | Where-Object { $_ -ne $Name.Split('-')[1] -and $_ -notin $common }
            $written | Sort-Object -Unique | Should -Be ($set.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -Because $set.Name
        }
        foreach ($parameter in (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn $common) {
            $type = [regex]::Match($page, "(?s)### -$($parameter.Name)\n.*?Type: (.*?)\n").Groups[1].Value
            $type | Should -Be $parameter.ParameterType.ToString() -Because "that is the type of -$($parameter.Name)"
        }
    }
    It 'says of what -Class and -InterfaceName are' {
        $things = switch ($Name) { 'Get-NetDropCounter' { 'counters' } 'Get-NetDropReason' { 'reasons' } default { 'drops|packets' } }
        foreach ($parameter in 'Class', 'InterfaceName' | Where-Object { (Get-Command $Name).Parameters.ContainsKey($_) }) {
            (Get-Help $Name -Parameter $parameter).Description.Text | Should -Match "^Only ($things) " -Because "-$parameter filters $things"
        }
    }
    It 'states each default that the cmdlet has, in its field and in words' {
        $fresh = (Get-Command $Name).ImplementingType::new()
        foreach ($parameter in $fresh.GetType().GetProperties() | Where-Object { $_.PropertyType -in [int], [double], [timespan] -or $_.PropertyType.IsArray }) {
            $value = $fresh.($parameter.Name)
            if ($value) {
                $default = $value -is [timespan] ? "$($value.TotalSeconds) second" : $value -join ', '
                $help = Get-Help $Name -Parameter $parameter.Name
                $help.defaultValue | Should -BeLike "$default*" -Because "that is the default of -$($parameter.Name)"
                $help.Description.Text -join ' ' | Should -BeLike "*$default*"
            }
        }
    }
    It 'leaves no placeholder' { Get-Content "$root/docs/en-US/$Name.md" -Raw | Should -Not -Match '\{\{|Fill ' }
}

Describe 'Help' {
    It 'is what the Markdown gives' {
        # Without PlatyPS the text is compared, with it every byte.
        if (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS) {
            & $root/docs/build-help.ps1 -Check
        }
        [xml] $maml = Get-Content $root/en-US/DropMon.dll-Help.xml -Raw
        foreach ($page in Get-ChildItem $root/docs/en-US/*-*.md) {
            $synopsis = [regex]::Match((Get-Content $page -Raw), '## SYNOPSIS\s+(.*?)\s+## ').Groups[1].Value
            $maml.DocumentElement.InnerText.Contains($synopsis) | Should -BeTrue -Because "the help has the synopsis of $($page.BaseName)"
        }
    }
    It 'covers each cmdlet and nothing else' {
        (Get-ChildItem $root/docs/en-US/*-*.md).BaseName | Sort-Object | Should -Be ((Get-Command -Module DropMon).Name | Sort-Object)
    }
    It 'has the topic <_>' -ForEach 'about_DropMon', 'about_DropAlert', 'about_DropMon_Troubleshooting' {
        (Get-Help $_).ToString().Length | Should -BeGreaterThan 1000
    }
    It 'explains every property of an alert' {
        $topic = Get-Content $root/en-US/about_DropAlert.help.txt -Raw
        foreach ($property in $alert.psobject.Properties.Name) {
            $topic | Should -Match "(?m)^    $property\b" -Because "$property is part of an alert"
        }
    }
    It 'names no property that an alert lacks' {
        $properties = $alert.psobject.Properties.Name
        foreach ($entry in [regex]::Matches((Get-Content $root/en-US/about_DropAlert.help.txt -Raw), '(?m)^    (\w+) \(')) {
            $entry.Groups[1].Value | Should -BeIn $properties
        }
    }
}

Describe 'Examples in the help' {
    BeforeAll { $traffic = Start-Traffic -PerSecond 100 -Most 60000 }
    AfterAll { Stop-Traffic $traffic }
    BeforeEach { Push-Location (New-Item "TestDrive:/$([guid]::NewGuid())" -ItemType Directory) }
    AfterEach {
        Pop-Location
        Get-EventSubscriber | Unregister-Event
        if (Get-DropMonitor) { Stop-DropMonitor -WarningAction Ignore }
    }

    It '<Name>, example <Number>, runs without an error' -ForEach $local {
        if ($Code -match 'exit 1') { $Code = $Code -replace 'exit 1', 'throw "the check failed"' }
        { & ([scriptblock]::Create($Code)) 3>$null 4>$null | Out-String -Width 120 } | Should -Not -Throw
    }
}
