using AImetier.Portal;

return await PortalApplication.RunAsync(args);
