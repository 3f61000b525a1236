namespace DropMon.Tests;

/// <summary>Waits for what other threads do, for as long as a slow machine needs and no longer.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static T Finish<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    public static void FinishAll(this IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks).WaitAsync(Limit, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
}
