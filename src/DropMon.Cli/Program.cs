using DropMon.Cli;
using DropMon.Sources;

bool hasOutput = StandardStreams.Prepare();
return !DescriptorLimit.Suffices() ? ExitCode.Failure
    : !hasOutput ? ErrorText.ReportOutput(new IOException("standard output is closed."))
    : CommandLine.Run(args, new CommandContext(SourceCatalog.Default, StandardOutput.Open));
