package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages lead somewhere: to a file that is there, and to a heading in it. */
final class LinksDocTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");

  @Test
  void eachLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (String link : links(prose(page))) {
        links++;
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)
            || (hash >= 0 && !anchors(prose(target)).contains(link.substring(hash + 1)))) {
          broken.add(page + ": " + link);
        }
      }
    }

    assertThat(links).isGreaterThan(100);
    assertThat(broken).isEmpty();
  }

  @Test
  void eachPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(Path.of("README.md")));
    while (!next.isEmpty()) {
      Path page = next.remove();
      if (page.toString().endsWith(".md") && reached.add(page)) {
        for (String link : links(prose(page))) {
          next.add(page.resolveSibling(link.replaceAll("#.*", "")).normalize());
        }
      }
    }

    assertThat(reached).containsAll(pages());
  }

  @Test
  void anAnchorIsTheHeadingInGitHubsForm() {
    assertThat(anchors("# AWS's own codes\n## `a.b` and more\n### [Linked](x.md) text\n"))
        .containsExactlyInAnyOrder("awss-own-codes", "ab-and-more", "linked-text");
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(
                Path.of("README.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("deploy/README.md")));
    try (Stream<Path> found = Files.walk(Path.of("docs"))) {
      found.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  private static String prose(Path page) throws IOException {
    return FENCED.matcher(Files.readString(page)).replaceAll("");
  }

  private static List<String> links(String prose) {
    return LINK.matcher(prose)
        .results()
        .map(LinksDocTest::target)
        .filter(link -> !link.startsWith("http"))
        .toList();
  }

  private static String target(MatchResult link) {
    return link.group(1) == null ? link.group(2) : link.group(1);
  }

  private static Set<String> anchors(String prose) {
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(prose)
        .results()
        .map(heading -> heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }
}
