package dev.lambdaconfig.build.image.debian;

import dev.lambdaconfig.build.image.layout.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a base: those of packages, and those that no package has. */
public final class BaseFiles {

  /** The user of the image, by number and by name. */
  public static final int USER = 65532;

  /** Documentation but licences, and programs, for which there is no shell. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "\\./(usr/share/doc/[^/]+/(?!copyright$).+|usr/share/(lintian|man|locale|bug)(/.*)?"
              + "|usr/s?bin/.+|etc/(update-motd\\.d|profile\\.d|default|skel)(/.*)?)");

  private static final String CERTIFICATES = "usr/share/ca-certificates/mozilla";

  private BaseFiles() {}

  /** Adds the files of a package, and its entry in the list of packages that scanners read. */
  public static void add(FileTree tree, String name, Path file) throws IOException {
    DebianPackage each = new DebianPackage(file);
    each.files(
        (entry, content) -> {
          if (!LEFT_OUT.matcher(entry.getName().replaceFirst("/$", "")).matches()) {
            tree.add(entry, content);
          }
        });
    // Where images without dpkg have it: a file for each package.
    tree.write("var/lib/dpkg/status.d/" + name, each.fact("control"));
    tree.write("var/lib/dpkg/status.d/" + name + ".md5sums", each.fact("md5sums"));
  }

  /** Extracts the files of a package below a folder of it, such as {@code ./usr/lib/jvm}. */
  public static void extract(Path file, String below, FileTree to) throws IOException {
    new DebianPackage(file)
        .files(
            (entry, content) -> {
              if (entry.getName().contains(below)) {
                to.add(entry, content);
              }
            });
  }

  /** Adds what no package has: users, the order in which names are resolved, certificates. */
  public static void complete(FileTree tree) throws IOException {
    tree.write(
        "etc/passwd",
        """
        root:x:0:0:root:/root:/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
        nonroot:x:%1$d:%1$d:nonroot:/tmp:/sbin/nologin
        """
            .formatted(USER));
    tree.write(
        "etc/group",
        """
        root:x:0:
        nogroup:x:65534:
        nonroot:x:%d:
        """
            .formatted(USER));
    tree.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    StringBuilder bundle = new StringBuilder();
    for (Path certificate : certificates(tree)) {
      bundle.append(Files.readString(certificate).strip()).append('\n');
    }
    tree.write("etc/ssl/certs/ca-certificates.crt", bundle.toString());
  }

  /**
   * Returns a trust store for Java with the certificates of the base. The JDK's own may be a link
   * to that of the build's machine.
   *
   * @return nothing if a base was given that has no certificates where Debian has them
   */
  public static Optional<byte[]> trustStore(FileTree tree) throws IOException {
    List<Path> certificates = certificates(tree);
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    // As that of the JDK: it has no secrets, so it has no password.
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Path file : certificates) {
        store.setCertificateEntry(
            file.getFileName().toString().replaceFirst("\\.crt$", ""),
            factory.generateCertificate(
                new ByteArrayInputStream(
                    Files.readString(file).getBytes(StandardCharsets.US_ASCII))));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, null);
      return Optional.of(out.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("the base has a certificate that Java cannot read", e);
    }
  }

  private static List<Path> certificates(FileTree tree) throws IOException {
    Path folder = tree.resolve(CERTIFICATES);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
