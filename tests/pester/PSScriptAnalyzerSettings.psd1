# What PSScriptAnalyzer looks for in these scripts; Package.Tests.ps1 runs it over every script of the tree.
@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Blind to Pester, whose BeforeAll sets what It uses.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Helpers of tests: nobody asks them for -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        # An action of an event sees no other variables.
        'PSAvoidGlobalVars'
    )
}
