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
        { [pscustomobject]@{ Reason = 'NO_SOCKET' } | Export-NetDrop $TestDrive/no.jsonl -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotUnderstood,*'
    }
}

Describe 'What Export-Clixml writes' {
    # They are named one by one, so that those with a text of their own are not written twice.
    It 'names every property of <_>' -ForEach 'DropMon.DropAlert', 'DropMon.DropMeasurement', 'DropMon.DropCounter' {
        $names = (Get-TypeData $_).PropertySerializationSet.ReferencedProperties
        $properties = switch ($_) {
            DropMon.DropAlert { $alerts[0].psobject.Properties }
            DropMon.DropMeasurement { @($alerts | Measure-NetDrop)[0].psobject.Properties }
            DropMon.DropCounter { @(Get-NetDropCounter Udp.*)[0].psobject.Properties }
        }
        $names | Sort-Object | Should -Be ($properties.Name | Sort-Object)
    }
    It 'has what a script added' { Import-NetDrop $TestDrive/alerts.jsonl | Add-Member Added here -PassThru | Export-Clixml $TestDrive/added.xml; Get-Content $TestDrive/added.xml -Raw | Should -BeLike '*<S N="Added">here</S>*' }
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
    It 'writes lines that Import-NetDrop reads, all but the addresses of frames' {
        $alerts | ForEach-Object { ConvertTo-Json $_ -Compress } | Set-Content $TestDrive/lines.jsonl
        $back = Import-NetDrop $TestDrive/lines.jsonl
        foreach ($i in 0..4) { Compare-Alert $back[$i] $alerts[$i] }
    }
    It 'has plain values only in a packet' {
        foreach ($property in ($alerts[0] | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Packet.psobject.Properties) {
            $property.Value -is [System.Management.Automation.PSCustomObject] | Should -BeFalse -Because $property.Name
        }
    }
    It 'still shows the headers to those who ask' { "$($alerts[0].Packet.Layers[2])" | Should -BeLike 'UDP*' }
}

Describe 'ConvertTo-Csv' {
    BeforeAll { $row = $alerts | ConvertTo-Csv | ConvertFrom-Csv | Select-Object -First 1 }

    It 'writes no names of types' { foreach ($property in $row.psobject.Properties) { $property.Value | Should -Not -MatchExactly '\[\]|System\.|DropMon\.' -Because $property.Name } }
    It 'writes the packet as one line' { $row.Packet | Should -BeLike '127.0.0.1.4660 > 127.0.0.1.9: UDP*' }
    It 'writes the bytes in hexadecimal' { [Convert]::FromHexString($row.Payload) | Should -Be $alerts[0].Payload }
    It 'writes the stack as text' { $row.StackTrace | Should -BeLike 'udp_queue_rcv_one_skb+0x1f*; br_handle_frame+0x7*' }
    It 'brings back every property but the addresses of frames' { foreach ($i in 0..4) { Compare-Alert ([DropMon.DropAlert] ($alerts | ConvertTo-Csv | ConvertFrom-Csv)[$i]) $alerts[$i] } }
    It 'writes no names of types for what <Name> returns' -ForEach @(
        @{ Name = 'Get-NetDropCounter'; Get = { Get-NetDropCounter Udp.* } }
        @{ Name = 'Compare-NetDropCounter'; Get = { $now = Get-NetDropCounter Udp.*; Compare-NetDropCounter $now $now -IncludeSame } }
        @{ Name = 'Get-NetDropReason -Evidence'; Get = { Get-NetDropReason NO_SOCKET, SOCKET_RCVBUFF -Evidence } }
        @{ Name = 'Measure-NetDrop'; Get = { $alerts | Measure-NetDrop -By Class, Reason } }
        @{ Name = 'Test-DropMonitor'; Get = { Test-DropMonitor } }
        @{ Name = 'Resolve-NetDropLocation'; Get = { Resolve-NetDropLocation ip_rcv } }
        @{ Name = 'a packet'; Get = { $alerts[0].Packet } }
    ) {
        $rows = & $Get | ConvertTo-Csv | ConvertFrom-Csv
        $rows | Should -Not -BeNullOrEmpty
        foreach ($row in $rows) { foreach ($property in $row.psobject.Properties) { $property.Value | Should -Not -Match '\[\]|System\.|DropMon\.|<>' -Because $property.Name } }
    }
    It 'joins what stands in a list' { (Get-NetDropReason NO_SOCKET | ConvertTo-Csv | ConvertFrom-Csv)[0].Causes | Should -BeLike 'Nothing listens*; *; *' }
    It 'writes of measurements what Compare-NetDrop takes' {
        $measured = $alerts | Measure-NetDrop -By Class, Reason
        (Compare-NetDrop ($measured | ConvertTo-Csv | ConvertFrom-Csv) $measured).Status | Should -Be (@('Same') * @($measured).Count)
    }
    It 'writes of counters what Compare-NetDropCounter takes, to the tick' {
        $counter = Get-NetDropCounter Udp.NoPorts
        $row = $counter | ConvertTo-Csv | ConvertFrom-Csv
        [DateTimeOffset]::ParseExact($row.Timestamp, 'O', $null) | Should -Be $counter.Timestamp
        (Compare-NetDropCounter $row $counter -IncludeSame).Duration | Should -Be ([timespan]::Zero)
    }
}

Describe 'A list in an object' {
    It 'is still a list' { @($alerts | Measure-NetDrop)[0].By | Should -Be Function, Reason }
    It 'stays one in JSON, where it is empty too' {
        (Get-NetDropReason NO_SOCKET | Select-Object -First 1 | ConvertTo-Json) | Should -Match '"Counter": \[\]'
        ($alerts | Measure-NetDrop | Select-Object -First 1 | ConvertTo-Json | ConvertFrom-Json).By | Should -Be Function, Reason
    }
}

Describe 'A time in an object' {
    BeforeAll { $time = $alerts[0].Timestamp }

    It 'is one' { $time | Should -BeOfType DateTimeOffset }
    It 'is whole as text' { $time.ToString() | Should -BeExactly ([DateTimeOffset] $time.psobject.BaseObject).ToString('O', [cultureinfo]::InvariantCulture) }
    It 'takes a format, and a culture' { $time.ToString('yyyy'), $time.ToString('MMM', [cultureinfo] 'de-DE') | Should -Be 2025, Nov }
    It 'is formatted by the operator' { '{0:yyyy-MM}' -f $time | Should -Be '2025-11' }
    It 'can be calculated with' { ($alerts[2].Timestamp - $time).TotalSeconds, $time.AddYears(1).Year | Should -Be 2, 2026 }
    It 'compares and sorts' {
        $alerts[1].Timestamp -gt $time | Should -BeTrue
        $alerts | Sort-Object Timestamp -Descending | ForEach-Object { $_.Count } | Should -Be 5, 4, 3, 2, 1
    }
    It 'is one string in JSON, alone too' {
        ($alerts[0] | ConvertTo-Json), ($alerts[0] | Select-Object Timestamp | ConvertTo-Json) | Should -Match '"Timestamp": "2025-11-24T\d\d:46:50\.1234567'
    }
}

Describe 'A time in CSV' {
    BeforeAll {
        function Invoke-InCulture([string] $Culture, [scriptblock] $Script) {
            $before = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = $Culture
            try { & $Script } finally { [cultureinfo]::CurrentCulture = $before }
        }

        Set-Content $TestDrive/march.jsonl '{"Timestamp":"2025-11-03T01:02:03.1234567+00:00","Function":"f","Reason":"R"}', '{"Timestamp":"2025-11-03T01:02:03.1234568+00:00","Function":"f","Reason":"R"}'
        $early = Import-NetDrop $TestDrive/march.jsonl

        # As it was written by whoever wrote DateTimeOffset's own text.
        function Get-CultureRow([string] $Culture) { Invoke-InCulture $Culture { [pscustomobject]@{ Timestamp = ([DateTimeOffset] '2025-11-03T01:02:03Z').ToString(); Function = 'f'; Reason = 'R' } } }
    }

    It 'comes back to the tick in the culture <_>' -ForEach 'en-GB', 'en-US', 'de-DE', 'fa-IR', 'th-TH', '' {
        $back = Invoke-InCulture $_ {
            $early | Export-Csv $TestDrive/times.csv
            Import-Csv $TestDrive/times.csv | ForEach-Object { [DropMon.DropAlert] $_ }
        }
        $back.Timestamp.UtcTicks | Should -Be $early.Timestamp.UtcTicks
        (Invoke-InCulture $_ { Import-Csv $TestDrive/times.csv | Measure-NetDrop }).First.UtcTicks | Should -Be $early[0].Timestamp.UtcTicks
    }
    It 'stays with a column that was selected' { ($early | Select-Object Timestamp, Reason | ConvertTo-Csv | ConvertFrom-Csv)[1].Timestamp | Should -BeLike '2025-11-03T*:02:03.1234568*' }
    It 'is read as the culture <_> writes it' -ForEach 'en-GB', 'en-US', 'de-DE', 'fa-IR', 'th-TH', '' {
        (Invoke-InCulture $_ { Get-CultureRow $_ | Measure-NetDrop }).First.UtcDateTime | Should -Be ([datetime]::new(2025, 11, 3, 1, 2, 3, [DateTimeKind]::Utc))
    }
    It 'is refused where no culture is known that wrote it, and nothing is returned' {
        $rows = @([pscustomobject]@{ Timestamp = '2025-11-03T01:02:03Z'; Function = 'f'; Reason = 'R' }) + (Get-CultureRow de-DE)
        $result = [System.Collections.ArrayList]::new()
        $failure = { Invoke-InCulture en-GB { $rows | Measure-NetDrop -OutVariable +result } } | Should -Throw -PassThru
        $result | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'TimeNotUnderstood,DropMon.Commands.MeasureNetDropCommand'
        "$failure" | Should -BeLike '*03.11.2025*ISO 8601*en-GB*'
    }
    It 'is refused by a cast too' { { Invoke-InCulture en-GB { [DropMon.DropAlert] (Get-CultureRow de-DE) } } | Should -Throw '*03.11.2025*ISO 8601*' }
    It 'is measured with its share in the culture <_>' -ForEach 'de-DE', 'fa-IR' {
        Invoke-InCulture $_ {
            $measured = $alerts | Measure-NetDrop
            (Compare-NetDrop ($measured | ConvertTo-Csv | ConvertFrom-Csv) $measured).Status | Should -Be (@('Same') * @($measured).Count)
        }
    }
}

Describe 'Alerts from <Name>' -ForEach @(
    @{ Name = 'ConvertFrom-Json'; Read = { $alerts | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    @{ Name = 'ConvertFrom-Csv'; Read = { $alerts | ConvertTo-Csv | ConvertFrom-Csv } }
) {
    BeforeAll { $read = & $Read }

    It 'are written by Export-NetDrop, which hands on alerts' {
        $passed = $read | Export-NetDrop $TestDrive/read.jsonl -PassThru
        $passed[0] | Should -BeOfType DropMon.DropAlert
        $back = Import-NetDrop $TestDrive/read.jsonl
        foreach ($i in 0..4) { Compare-Alert $back[$i] $alerts[$i] }
    }
    It 'are explained by Get-NetDropReason' { ($read[0] | Get-NetDropReason).Name | Should -Be 'NO_SOCKET' }
    It 'are measured by Measure-NetDrop' { ($read | Measure-NetDrop -By Reason).Count | Should -Be ($alerts | Measure-NetDrop -By Reason).Count }
    It 'are compared by Compare-NetDrop' { (Compare-NetDrop $read $alerts -By Class).Status | Should -Be 'Same' }
    It 'become alerts when they are cast' { Compare-Alert ([DropMon.DropAlert] $read[0]) $alerts[0] }
    It 'are explained by Get-NetDropReason at their place, not by the name of the reason' { ($read[0] | Get-NetDropReason).Meaning | Should -Be $alerts[0].Explanation }
    It 'are refused once each where they are none' {
        [pscustomobject]@{ Reason = 'x' }, [pscustomobject]@{ Function = 'y' } | Export-NetDrop $TestDrive/none.jsonl -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -Be (@('InputNotUnderstood,DropMon.Commands.ExportNetDropCommand') * 2)
    }
}

Describe 'A number that no alert has' {
    It 'in <Name> (<Value>) is an error that names it, and the next alert is taken' -ForEach @(
        @{ Name = 'Count'; Value = -1 }, @{ Name = 'Count'; Value = '9223372036854775808' }, @{ Name = 'Cpu'; Value = 4294967299 }, @{ Name = 'EtherType'; Value = 65536 }
        @{ Name = 'ProcessId'; Value = 1.5 }, @{ Name = 'InterfaceIndex'; Value = 'many' }, @{ Name = 'OriginalLength'; Value = -5 }, @{ Name = 'Line'; Value = 4294967297 }
    ) {
        $bad = $alerts[0] | Select-Object *
        $bad.$Name = $Value
        $groups = @($bad, $alerts[1]) | Measure-NetDrop -By Reason -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PropertyOutOfRange,*'
        "$($problems[0])" | Should -BeLike "$Name is *"
        ($groups | Measure-Object Count -Sum).Sum | Should -Be $alerts[1].Count
    }
    It 'ends a comparison' {
        $bad = $alerts | Measure-NetDrop -By Reason | Select-Object *
        $bad[0].Count = -1
        { Compare-NetDrop $bad $bad } | Should -Throw -ErrorId 'PropertyOutOfRange,*'
    }
    It 'adds up to at least the largest number that there is' {
        $most = $alerts[0] | Select-Object *
        $most.Count = [long]::MaxValue
        $group = $most, $most, $most | Measure-NetDrop -By Reason
        $group.Count | Should -Be ([long]::MaxValue)
        "$group" | Should -BeLike '*at least*'
        $group | Out-String | Should -BeLike '*>=9.2E18*'
    }
}
