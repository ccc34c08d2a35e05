package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rooms that the code lives in, which are its packages: none depends on one that depends on it,
 * and each is small enough to be read at one sitting, as are its files and its constructors.
 */
final class RoomsTest {

  private static final Path SOURCES = Path.of("src/main");
  private static final Path TESTS = Path.of("src/test/java");

  private static final int MOST_FILES = 12;
  private static final int MOST_LINES = 300;
  private static final int MOST_COLLABORATORS = 5;

  /** A file for each block of the resource: a list, not a design. */
  private static final Set<String> OF_ANY_SIZE = Set.of("api");

  private enum Rule {
    FILES_OF_A_ROOM,
    LINES_OF_A_FILE,
    LINES_OF_A_TEST_FILE,
    COLLABORATORS_OF_A_CONSTRUCTOR,
    NAMES
  }

  /**
   * The rooms, files and classes, by simple name, that do not keep a rule yet. The list only gets
   * shorter: a rule fails for an entry that keeps it, and for whatever else breaks it.
   */
  private static final Map<Rule, Set<String>> NOT_YET =
      Map.of(
          Rule.FILES_OF_A_ROOM,
          Set.of(),
          Rule.LINES_OF_A_FILE,
          Set.of(),
          Rule.LINES_OF_A_TEST_FILE,
          Set.of(),
          Rule.COLLABORATORS_OF_A_CONSTRUCTOR,
          Set.of(),
          Rule.NAMES,
          Set.of());

  @Test
  void noRoomDependsOnOneThatDependsOnIt() {
    slices()
        .matching(MainClasses.BASE + "(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(MainClasses.ALL);
  }

  @Test
  void aRoomHasFewFiles() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    // A variant for a newer Java is the same file.
    for (String source : sources().stream().map(RoomsTest::name).collect(Collectors.toSet())) {
      if (!source.endsWith("package-info.java")) {
        files.merge(source.replaceFirst("\\.?\\w+\\.java$", ""), 1, Integer::sum);
      }
    }
    files.keySet().removeAll(OF_ANY_SIZE);

    assertHeld(Rule.FILES_OF_A_ROOM, above(MOST_FILES, files));
  }

  @Test
  void aFileIsShort() throws IOException {
    assertHeld(Rule.LINES_OF_A_FILE, above(MOST_LINES, lines(sources())));
  }

  @Test
  void aTestFileIsShort() throws IOException {
    assertHeld(Rule.LINES_OF_A_TEST_FILE, above(MOST_LINES, lines(below(TESTS))));
  }

  @Test
  void aConstructorTakesFewCollaborators() {
    Map<String, Integer> widths = new TreeMap<>();
    for (JavaClass type : MainClasses.ALL) {
      if (Collaborators.areLimited(type)) {
        for (JavaConstructor constructor : type.getConstructors()) {
          widths.merge(type.getSimpleName(), Collaborators.count(constructor), Math::max);
        }
      }
    }

    assertHeld(Rule.COLLABORATORS_OF_A_CONSTRUCTOR, above(MOST_COLLABORATORS, widths));
  }

  @Test
  void aSimpleNameMeansOneThing() {
    Map<String, Set<String>> classes = new TreeMap<>();
    for (JavaClass type : MainClasses.ALL) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        classes.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>()).add(type.getName());
      }
    }
    for (JavaClass type : MainClasses.ALL) {
      if (type.isMemberClass() && classes.containsKey(type.getSimpleName())) {
        classes.get(type.getSimpleName()).add(type.getName());
      }
    }
    classes.values().removeIf(meanings -> meanings.size() == 1);

    assertHeld(Rule.NAMES, classes);
  }

  private static Map<String, Integer> lines(List<Path> sources) throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    for (Path source : sources) {
      lines.merge(source.getFileName().toString(), Files.readAllLines(source).size(), Math::max);
    }
    return lines;
  }

  private static Map<String, Integer> above(int most, Map<String, Integer> sizes) {
    assertThat(sizes).as("what is looked at").hasSizeGreaterThan(10);
    Map<String, Integer> above = new TreeMap<>(sizes);
    above.values().removeIf(size -> size <= most);
    return above;
  }

  private static void assertHeld(Rule rule, Map<String, ?> broken) {
    assertThat(broken.keySet())
        .as("%s: what breaks it, %s, is what NOT_YET lists", rule, broken)
        .containsExactlyInAnyOrderElementsOf(NOT_YET.get(rule));
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String root : List.of("java", "java22")) {
      sources.addAll(below(SOURCES.resolve(root)));
    }
    return sources;
  }

  private static List<Path> below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** Such as {@code aws.limit.RateLimiter.java}. */
  private static String name(Path source) {
    return source
        .toString()
        .replace('\\', '/')
        .replaceFirst(".*/dev/lambdaconfig/", "")
        .replace('/', '.');
  }
}
