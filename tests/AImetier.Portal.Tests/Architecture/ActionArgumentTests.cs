using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Architecture;

/// <summary>MVC writes the arguments of actions into its most talkative log, by their <c>ToString</c>: nothing secret may stand in it.</summary>
public sealed partial class ActionArgumentTests
{
    [Fact]
    public void No_argument_of_an_action_says_a_secret()
    {
        var arguments = typeof(PortalApplication).Assembly.GetTypes().Where(type => typeof(ControllerBase).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).SelectMany(action => action.GetParameters()).ToList();
        arguments.Count(argument => Secrets(argument.ParameterType).Any()).ShouldBeGreaterThan(5, "forms with secrets must have been looked at");
        arguments.Where(argument => Says(argument.ParameterType, argument.Name!)).Select(argument => $"{argument.Member.DeclaringType!.Name}.{argument.Member.Name}: {argument.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Arguments_that_say_a_secret_are_found()
    {
        Says(typeof(string), "password").ShouldBeTrue();
        Says(typeof(string), "title").ShouldBeFalse();
        Says(typeof(Talkative), "form").ShouldBeTrue();
        Says(typeof(Silent), "form").ShouldBeFalse();
        Says(typeof(Plain), "form").ShouldBeFalse();
    }

    private static bool Says(Type type, string name) =>
        type == typeof(string) ? Secret().IsMatch(name) : Secrets(type).Any() && type.GetMethod(nameof(ToString), [])!.IsDefined(typeof(CompilerGeneratedAttribute));

    private static IEnumerable<PropertyInfo> Secrets(Type type) => type.GetProperties().Where(property => property.PropertyType == typeof(string) && Secret().IsMatch(property.Name));

    [GeneratedRegex("password|secret|^code$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    private sealed record Talkative(string? Secret);

    private sealed record Silent(string? Secret)
    {
        public override string ToString() => nameof(Silent);
    }

    private sealed class Plain
    {
        public string? Password { get; set; }
    }
}
