using System.Reflection;
using System.Runtime.CompilerServices;

namespace DropMon.Tests.Architecture;

/// <summary>What an assembly shows to others, a line each.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Public types and their public members, in the order of their names.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        yield return $"{Kind(type)} {name}";
        foreach (MemberInfo member in type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            if (Line(member) is { } line)
            {
                yield return $"{name}.{line}";
            }
        }
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type)
            ? "delegate" : "class";

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo { DeclaringType.IsEnum: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{field.Name} : {Name(field.FieldType)}",
        PropertyInfo property => $"{property.Name}{Parameters(property.GetIndexParameters(), "[]")} : {Name(property.PropertyType)} "
            + $"{{{Accessors(property)} }}",
        EventInfo @event => $"{@event.Name} : event {Name(@event.EventHandlerType!)}",
        ConstructorInfo constructor => $"new{Parameters(constructor.GetParameters(), "()")}",
        MethodInfo { IsSpecialName: true } => null,
        MethodInfo method => $"{method.Name}{Parameters(method.GetParameters(), "()")} : {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property)
    {
        string get = property.GetMethod is { IsPublic: true } ? " get;" : "";
        return property.SetMethod is not { IsPublic: true } set ? get
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? $"{get} init;" : $"{get} set;";
    }

    private static string Parameters(ParameterInfo[] parameters, string brackets) => parameters.Length == 0 && brackets == "[]" ? ""
        : $"{brackets[0]}{string.Join(", ", parameters.Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"))}{brackets[1]}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        }

        string name = Keyword(type) ?? (type.IsGenericParameter
            ? type.Name : $"{type.Namespace}.{(type.IsNested ? $"{type.DeclaringType!.Name}." : "")}{type.Name}");
        return type.IsGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.UInt16 => "ushort",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Double => "double",
        TypeCode.String => "string",
        _ => type == typeof(void) ? "void" : type == typeof(object) ? "object" : null,
    };
}
