using Microsoft.AspNetCore.Mvc;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

public sealed class ControllerNameTests
{
    // Links name a controller without its folder: two of one name send people to the wrong page.
    [Fact]
    public void Every_controller_has_a_name_of_its_own() =>
        typeof(Program).Assembly.GetTypes().Where(typeof(ControllerBase).IsAssignableFrom).Select(type => type.Name).ShouldBeUnique();
}
