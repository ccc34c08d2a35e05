package dev.lambdaconfig.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Writes a manual page for each command: {@code mvn -Pman}. */
final class GenerateManPages {

  private static final int DATE = "2026-11-27".length();

  private GenerateManPages() {}

  /**
   * Writes the pages.
   *
   * @param args the folder, and the time of the release, of which the pages have the date
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> page : pages(args[1].substring(0, DATE)).entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  /** The pages by the names of their files. */
  static Map<String, String> pages(String date) {
    CommandLine whole = Main.commandLine(Map.of());
    List<CommandLine> commands =
        Stream.concat(Stream.of(whole), whole.getSubcommands().values().stream())
            .filter(command -> !command.getCommandSpec().usageMessage().hidden())
            .filter(command -> !command.getCommandName().equals("help"))
            .toList();
    List<String> names = commands.stream().map(ManPage::name).toList();
    Map<String, String> pages = new TreeMap<>();
    for (CommandLine command : commands) {
      pages.put(
          ManPage.name(command) + ".1", ManPage.of(command, names, BuildVersion.text(), date));
    }
    return pages;
  }
}
