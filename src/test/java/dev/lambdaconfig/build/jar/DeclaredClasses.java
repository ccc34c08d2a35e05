package dev.lambdaconfig.build.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the classes of a jar and of the JDK declare. */
public final class DeclaredClasses {

  private final Function<String, byte @Nullable []> jar;
  private final Map<String, @Nullable DeclaredClass> known = new HashMap<>();

  /**
   * Reads each class when it is needed.
   *
   * @param jar the class file of a name with slashes; null if it is not in the jar
   */
  public DeclaredClasses(Function<String, byte @Nullable []> jar) {
    this.jar = jar;
  }

  /** Reads the classes of a jar by the names of its entries. */
  public static DeclaredClasses of(Map<String, byte[]> jar) {
    return new DeclaredClasses(name -> jar.get(name + JarEntries.CLASS));
  }

  /** Returns a class by its name with slashes; null if neither the jar nor the JDK has it. */
  public @Nullable DeclaredClass find(String name) {
    return known.computeIfAbsent(name, this::read);
  }

  private @Nullable DeclaredClass read(String name) {
    byte[] bytes = jar.apply(name);
    byte[] found = bytes == null ? ofJdk(name) : bytes;
    return found == null ? null : DeclaredClass.of(found);
  }

  private static byte @Nullable [] ofJdk(String name) {
    try (InputStream content =
        ClassLoader.getPlatformClassLoader().getResourceAsStream(name + JarEntries.CLASS)) {
      return content == null ? null : content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the class in which the JVM finds a member: the given one, or one of its parents.
   *
   * @param member its name and descriptor
   * @return null if there is none
   */
  public @Nullable DeclaredClass declaring(String owner, String member) {
    DeclaredClass declaring = find(owner);
    if (declaring == null || declaring.access().containsKey(member)) {
      return declaring;
    }
    return declaring.parents().stream()
        .map(parent -> declaring(parent, member))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
