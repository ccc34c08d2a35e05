package dev.lambdaconfig.cli.shell;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in bash, zsh or fish.",
    footer = {
      "",
      "Examples:",
      "  source <(lambda-config-operator completion bash)",
      "  lambda-config-operator completion fish >"
          + " ~/.config/fish/completions/lambda-config-operator.fish"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

  /** The shells that scripts are written for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(
      paramLabel = "SHELL",
      description = "The shell: ${COMPLETION-CANDIDATES}.",
      arity = "1")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine whole = Objects.requireNonNull(spec.parent()).commandLine();
    String script =
        switch (shell) {
          // The script of the library loads bash's completion into zsh by itself.
          case bash, zsh -> AutoComplete.bash(whole.getCommandName(), whole);
          case fish -> FishCompletion.of(whole);
        };
    spec.commandLine().getOut().println(script.stripTrailing());
    return 0;
  }
}
