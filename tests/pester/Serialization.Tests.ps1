BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/AlertFile.psm1 -Force
    New-AlertFile $TestDrive/alerts.jsonl -Count 5
    $alerts = Import-NetDrop $TestDrive/alerts.jsonl
    $alerts | Export-Clixml $TestDrive/alerts.xml

    # An alert stays deserialized where it was read without the module.
    $bare = [powershell]::Create().AddScript('Import-Clixml $args[0]').AddArgument("$TestDrive/alerts.xml").Invoke()
}

Describe 'Export-Clixml and Import-Clixml' {
    It 'bring back real alerts where the module is loaded' { (Import-Clixml $TestDrive/alerts.xml)[0] | Should -BeOfType DropMon.DropAlert }
    It 'bring back every property' {
        $back = Import-Clixml $TestDrive/alerts.xml
        foreach ($i in 0..4) { Compare-Alert $back[$i] $alerts[$i] }
    }
    It 'bring back an alert of which nothing but the time is known' {
        Set-Content $TestDrive/bare.jsonl '{"Timestamp":"2025-11-24T03:46:50.1234567+00:00"}'
        $alert = Import-NetDrop $TestDrive/bare.jsonl
        $alert | Export-Clixml $TestDrive/bare.xml
        Compare-Alert (Import-Clixml $TestDrive/bare.xml) $alert
    }
    It 'escape what a hostile file would send to the terminal' {
        (Get-Content $TestDrive/alerts.xml -Raw).Replace('ksoftirqd/3', 'x_x001B_[31m') | Set-Content $TestDrive/hostile.xml
        (Import-Clixml $TestDrive/hostile.xml)[0].ProcessName | Should -BeExactly 'x\u001b[31m'
    }
}

Describe 'A deserialized alert' {
    It 'is one in this test' { $bare[0].pstypenames[0] | Should -Be 'Deserialized.DropMon.DropAlert' }
    It 'has the text of the alert' { "$($bare[0])" | Should -BeExactly "$($alerts[0])" }
    It 'has the packet as one line' { $bare[0].Packet | Should -BeExactly "$($alerts[0].Packet)" }
    It 'is shown like the alert, in a table' { $bare | Format-Table | Out-String -Width 120 | Should -BeExactly ($alerts | Format-Table | Out-String -Width 120) }
    It 'is shown like the alert, as a list' { $bare[0] | Format-List | Out-String -Width 120 | Should -BeExactly ($alerts[0] | Format-List | Out-String -Width 120) }
    It 'is shown like the alert, wide' { $bare | Format-Wide | Out-String -Width 120 | Should -BeExactly ($alerts | Format-Wide | Out-String -Width 120) }
    It 'groups like the alert' { ($bare | Group-Object Class, Reason -NoElement).Name | Should -Be ($alerts | Group-Object Class, Reason -NoElement).Name }
    It 'sorts like the alert' { $bare | Sort-Object Count -Descending | ForEach-Object { $_.Count } | Should -Be 5, 4, 3, 2, 1 }
    It 'becomes an alert when it is cast, property by property' { foreach ($i in 0..4) { Compare-Alert ([DropMon.DropAlert] $bare[$i]) $alerts[$i] } }
    It 'compares by name where the alert has an enumeration' { @($bare | Where-Object Significance -EQ Expected | Where-Object Class -EQ Udp) | Should -HaveCount 5 }
    It 'is counted by Measure-NetDrop like the alert' { ($bare | Measure-NetDrop -By Reason | ForEach-Object { "$_" }) | Should -Be ($alerts | Measure-NetDrop -By Reason | ForEach-Object { "$_" }) }
    It 'is compared by Compare-NetDrop like the alert' { (Compare-NetDrop $bare $alerts -By Class).Status | Should -Be 'Same' }
    It 'is explained by Get-NetDropReason' { ($bare[0] | Get-NetDropReason).Name | Should -Be 'NO_SOCKET' }
    It 'is written by Export-NetDrop' {
        $bare | Export-NetDrop $TestDrive/again.jsonl
        $back = Import-NetDrop $TestDrive/again.jsonl
        foreach ($i in 0..4) { Compare-Alert $back[$i] $alerts[$i] }
    }
    It 'is refused by name when it is no alert' {
        { [pscustomobject]@{ Reason = 'NO_SOCKET' } | Export-NetDrop $TestDrive/no.jsonl -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }
}

Describe 'Frames of a stack' {
    It 'are text with properties' { $alerts[0].StackTrace[1].Module | Should -Be 'bridge' }
    It 'match like text' { $alerts[0].StackTrace -match 'br_handle' | Should -Be 'br_handle_frame+0x7 [bridge]' }
    It 'keep their properties in a deserialized alert' { $bare[0].StackTrace[0].Line | Should -Be 2101 }
}

Describe 'A job' {
    It 'returns real alerts' {
        $job = Start-Job { Import-Module $using:PSScriptRoot/../../DropMon.psd1; Import-NetDrop $using:TestDrive/alerts.jsonl }
        $back = $job | Receive-Job -Wait -AutoRemoveJob
        Compare-Alert $back[0] $alerts[0]
    }
}

Describe 'ConvertTo-Json' {
    It 'does not warn for alerts with stack and packet' {
        $json = $alerts | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        ($json | ConvertFrom-Json)[0].Packet.SourceAddress | Should -Be '127.0.0.1'
    }
    It 'has a line for each frame of a stack' { ($alerts[0] | ConvertTo-Json | ConvertFrom-Json).StackTrace | Should -Be 'udp_queue_rcv_one_skb+0x1f (net/ipv4/udp.c:2101)', 'br_handle_frame+0x7 [bridge]' }
    It 'names class, significance, origin and source' {
        $back = $alerts[0] | ConvertTo-Json | ConvertFrom-Json
        $back.Class, $back.Significance, $back.Origin, $back.Source | Should -Be 'Udp', 'Expected', 'Hardware', 'Replay'
    }
    It 'writes what cmdlets take again' { ($alerts | ConvertTo-Json | ConvertFrom-Json | Measure-NetDrop -By Class).Name | Should -Be 'Udp' }
    It 'has plain values only in a packet' {
        foreach ($property in ($alerts[0] | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Packet.psobject.Properties) {
            $property.Value -is [System.Management.Automation.PSCustomObject] | Should -BeFalse -Because $property.Name
        }
    }
    It 'still shows the headers to those who ask' { "$($alerts[0].Packet.Layers[2])" | Should -BeLike 'UDP*' }
}

Describe 'ConvertTo-Csv' {
    BeforeAll { $row = $alerts | ConvertTo-Csv | ConvertFrom-Csv | Select-Object -First 1 }

    It 'writes no names of types' { foreach ($property in $row.psobject.Properties) { $property.Value | Should -Not -Match '\[\]|System\.|DropMon\.' -Because $property.Name } }
    It 'writes the packet as one line' { $row.Packet | Should -BeLike '127.0.0.1.4660 > 127.0.0.1.9: UDP*' }
    It 'writes the bytes in hexadecimal' { [Convert]::FromHexString($row.Payload) | Should -Be $alerts[0].Payload }
    It 'writes the stack as text' { $row.StackTrace | Should -BeLike 'udp_queue_rcv_one_skb+0x1f*; br_handle_frame+0x7*' }
}
