package dev.lambdaconfig.build.shrink;

import dev.lambdaconfig.build.jar.JarEntries;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;

/**
 * The classes that a text in a jar names: a string of another class, or a line of a file, such as
 * those of {@code META-INF/services}. Code that has the name can load the class.
 */
final class NamedClasses {

  private static final int STRING = 8;
  private static final Pattern NAME = Pattern.compile("[\\w$]+(?:[./][\\w$]+)+");

  private NamedClasses() {}

  /** Returns the names, with dots. */
  static Set<String> in(Map<String, byte[]> jar) {
    Set<String> named = new TreeSet<>();
    jar.forEach(
        (file, bytes) -> {
          if (file.endsWith(JarEntries.CLASS)) {
            addStrings(bytes, jar, named);
          } else {
            Matcher matcher = NAME.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
              add(matcher.group(), jar, named);
            }
          }
        });
    return named;
  }

  private static void addStrings(byte[] bytes, Map<String, byte[]> jar, Set<String> named) {
    ClassReader reader = new ClassReader(bytes);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      if (offset > 0 && bytes[offset - 1] == STRING) {
        add(reader.readUTF8(offset, buffer), jar, named);
      }
    }
  }

  private static void add(String text, Map<String, byte[]> jar, Set<String> named) {
    String path = text.replace('.', '/');
    if (jar.containsKey(path + JarEntries.CLASS)) {
      named.add(path.replace('/', '.'));
    }
  }
}
