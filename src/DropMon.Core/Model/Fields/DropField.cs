namespace DropMon.Model.Fields;

/// <summary>Stores a value that was read.</summary>
internal delegate void FieldSetter<in T>(ref DropValues values, T value);

/// <summary>What there is to know of one property of <see cref="DropAlert"/>: a row of <see cref="DropFields"/>.</summary>
internal abstract class DropField(string name)
{
    /// <summary>The property's name, which is also the one in JSON, CSV and PowerShell.</summary>
    public string Name { get; } = name;

    /// <summary>The type as users read it, such as <c>string</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>What a source must carry for the field to have a value.</summary>
    public DropContent Content { get; init; }

    /// <summary>What its number counts; null where it is none, or a bare one.</summary>
    public string? Unit { get; init; }

    /// <summary>What the kernel calls it; null for what DropMon makes.</summary>
    public string? KernelName { get; init; }

    /// <summary>The first kernel that has it; null for all that DropMon runs on.</summary>
    public string? Since { get; init; }

    /// <summary>Whether all alerts of one place have the same value.</summary>
    public abstract bool IsOfSite { get; }

    /// <summary>Whether it is derived from other fields: written for those who read the file itself, and never read.</summary>
    public abstract bool IsDerived { get; }

    /// <summary>The value; null where the alert lacks it.</summary>
    public abstract object? Read(DropAlert alert);

    /// <summary>The value that all alerts of a place have; null where they have none.</summary>
    public abstract object? Read(DropSite site);

    /// <summary>Calls what the visitor has for this kind of field.</summary>
    public abstract TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A field with the type of its values.</summary>
internal abstract class DropField<T> : DropField
{
    /// <summary>A field in which alerts of one place may differ.</summary>
    protected DropField(string name, Func<DropAlert, T> get, FieldSetter<T>? set)
        : base(name)
    {
        Get = get;
        Set = set;
    }

    /// <summary>A field that all alerts of one place share.</summary>
    protected DropField(string name, Func<DropSite, T> get, FieldSetter<T>? set)
        : base(name)
    {
        OfSite = get;
        Get = alert => get(alert.Site);
        Set = set;
    }

    /// <summary>Its value.</summary>
    public Func<DropAlert, T> Get { get; }

    /// <summary>Its value at a place; null where alerts of one place may differ.</summary>
    public Func<DropSite, T>? OfSite { get; }

    /// <summary>Stores its value; null where it is derived.</summary>
    public FieldSetter<T>? Set { get; }

    public override bool IsOfSite => OfSite is not null;

    public override bool IsDerived => Set is null;

    public override object? Read(DropAlert alert) => Get(alert);

    public override object? Read(DropSite site) => OfSite is null ? null : OfSite(site);
}
