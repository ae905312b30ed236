using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AImetier.Portal.Data;

/// <summary>The keys that protect cookies and form tokens: files in <c>keys</c> of the data directory, optionally wrapped by a certificate.</summary>
public static class KeyRing
{
    private const string ApplicationName = "AImetier.Portal";
    private const string CertificateKey = "DataProtection:Certificate";
    private const string PasswordKey = "DataProtection:CertificatePassword";

    /// <summary>Adds the key ring.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">Names the certificate: a PKCS #12 file with its private key, and its password.</param>
    /// <exception cref="PortalStartException">The certificate cannot be used.</exception>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>((keys, directory, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(directory.Folder("keys")), logs));
        if (configuration[CertificateKey] is { Length: > 0 } path)
            protection.ProtectKeysWithCertificate(Load(path, configuration[PasswordKey]));
        return services;
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new PortalStartException($"{CertificateKey}: '{path}' has no private key; export it as PKCS #12 with its key");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PortalStartException($"{CertificateKey}: cannot read '{path}' as PKCS #12 with the password of {PasswordKey} ({e.Message.ReplaceLineEndings(" ")})");
        }
    }
}
