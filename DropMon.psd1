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
    FormatsToProcess       = @(
        'lib/Formats/CounterReconciliation.Format.ps1xml'
        'lib/Formats/DropAlert.Format.ps1xml'
        'lib/Formats/DropCounter.Format.ps1xml'
        'lib/Formats/DropCounterChange.Format.ps1xml'
        'lib/Formats/DropComparison.Format.ps1xml'
        'lib/Formats/DropHealth.Format.ps1xml'
        'lib/Formats/DropMeasurement.Format.ps1xml'
        'lib/Formats/DropEvidence.Format.ps1xml'
        'lib/Formats/DropMonitorStatus.Format.ps1xml'
        'lib/Formats/PreflightResult.Format.ps1xml'
        'lib/Formats/DropReasonInfo.Format.ps1xml'
        'lib/Formats/KernelLocation.Format.ps1xml'
        'lib/Formats/StackFrame.Format.ps1xml'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Compare-NetDrop'
        'Compare-NetDropCounter'
        'Export-NetDrop'
        'Get-DropMonitor'
        'Get-NetDrop'
        'Get-NetDropCounter'
        'Get-NetDropReason'
        'Import-NetDrop'
        'Measure-NetDrop'
        'Register-NetDropEvent'
        'Resolve-NetDropLocation'
        'Start-DropMonitor'
        'Stop-DropMonitor'
        'Test-DropMonitor'
        'Test-NetDrop'
        'Wait-NetDrop'
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
