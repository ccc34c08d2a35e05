package dev.lambdaconfig.build.shrink;

import dev.lambdaconfig.build.jar.DeclaredClass;
import dev.lambdaconfig.build.jar.JarEntries;
import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.zip.Deflater;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/**
 * Leaves out of a jar what of its libraries cannot be reached: methods, and classes.
 *
 * <p>The JVM keeps each method of a class that it loads in memory, whether it is ever called or
 * not. ProGuard tells which can be called, and the others are taken out; what is found by
 * reflection is kept by rules: those of {@code rules.pro}, and one for each class that a text in
 * the jar names.
 *
 * <p>Entries of folders go as well: an operator keeps the table of its jar in memory. Of classes
 * that exist once for each version of Java, the jar keeps those of the lowest Java that the
 * operator runs on, and those of newer ones.
 */
public final class ShrinkJar {

  /** The kinds of Kubernetes, which Jackson reads and writes. */
  private static final String KINDS = "io/fabric8/kubernetes/api/";

  private static final URL RULES =
      Objects.requireNonNull(ShrinkJar.class.getResource("/shrink/rules.pro"));

  private ShrinkJar() {}

  /**
   * Shrinks a jar in place.
   *
   * @param args the jar, and the lowest version of Java that it has to run on
   * @throws Exception if it cannot be read or written, or ProGuard fails
   */
  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    shrunk(JarEntries.read(jar), Integer.parseInt(args[1]), RULES)
        .write(jar, Deflater.BEST_COMPRESSION);
  }

  /**
   * Returns the entries of a jar without what cannot be reached.
   *
   * @param java the lowest version of Java that it has to run on
   * @param rules a file in ProGuard's language
   */
  static JarEntries shrunk(JarEntries jar, int java, URL rules) throws Exception {
    Map<String, byte[]> flat = Versions.flattened(jar.contents(), java);
    Map<String, byte[]> classes = new LinkedHashMap<>(flat);
    classes.keySet().removeIf(name -> !JarEntries.isClass(name));
    Map<String, Set<String>> before = members(classes);
    Map<String, Set<String>> kept =
        members(reached(new JarEntries(classes, jar.time()), NamedClasses.in(flat), rules));
    ShrunkClass shrunk = new ShrunkClass(before, kept);
    Map<String, byte[]> left = new LinkedHashMap<>();
    flat.forEach(
        (file, bytes) -> {
          if (file.endsWith("/")) {
            return;
          }
          if (!JarEntries.isClass(file)) {
            left.put(file, bytes);
          } else if (kept.containsKey(file.substring(0, file.lastIndexOf('.')))) {
            left.put(file, shrunk.of(bytes));
          }
        });
    Set<String> broken = Links.broken(left, flat, file -> file.startsWith(KINDS));
    if (!broken.isEmpty()) {
      throw new IllegalStateException(
          "left out, but needed: keep it in src/test/resources/shrink/rules.pro:\n"
              + String.join("\n", broken));
    }
    return new JarEntries(left, jar.time());
  }

  private static Map<String, byte[]> reached(JarEntries classes, Set<String> named, URL rules)
      throws Exception {
    Path folder = Files.createTempDirectory("shrink");
    Path in = folder.resolve("in.jar");
    Path jdk = folder.resolve("jdk.jar");
    Path out = folder.resolve("out.jar");
    try {
      classes.write(in, Deflater.NO_COMPRESSION);
      new JarEntries(Jdk.classes(), classes.time()).write(jdk, Deflater.NO_COMPRESSION);
      run(rules, in, jdk, out, named);
      return JarEntries.read(out).contents();
    } finally {
      for (Path file : List.of(in, jdk, out)) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }

  private static void run(URL rules, Path in, Path jdk, Path out, Set<String> named)
      throws Exception {
    List<String> options = new ArrayList<>();
    options.add("-injars '" + in + "'");
    options.add("-outjars '" + out + "'");
    options.add("-libraryjars '" + jdk + "'");
    try (InputStream text = rules.openStream()) {
      options.add(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
    named.forEach(
        name -> options.add("-keep class " + name + " { <init>(...); static <methods>; }"));
    Configuration configuration = new Configuration();
    ConfigurationParser parser =
        new ConfigurationParser(
            String.join("\n", options), "rules", new File(""), new Properties());
    try {
      parser.parse(configuration);
    } finally {
      parser.close();
    }
    new ProGuard(configuration).execute();
  }

  /** The members of each class, by its name with slashes. */
  private static Map<String, Set<String>> members(Map<String, byte[]> classes) {
    Map<String, Set<String>> members = new HashMap<>();
    for (byte[] bytes : classes.values()) {
      DeclaredClass type = DeclaredClass.of(bytes);
      members.put(type.name(), type.access().keySet());
    }
    return members;
  }
}
