import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles Java programs, each by itself, in one JVM that stays (see {@code verify/batch/host.py}).
 *
 * <p>Its arguments: those of javac, in which paths are meant from a program's folder, and the
 * numbers of two pipes.
 */
final class Compiler {
  public static void main(String[] arguments) throws IOException {
    int last = arguments.length - 1;
    List<String> options = List.of(arguments).subList(0, last - 1);
    try (BufferedReader orders =
            new BufferedReader(
                new InputStreamReader(
                    new FileInputStream("/dev/fd/" + arguments[last - 1]), UTF_8));
        OutputStream answers = new FileOutputStream("/dev/fd/" + arguments[last])) {
      answers.write("0\n".getBytes(UTF_8));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        String[] fields = order.split("\t");
        answers.write((compile(options, fields[1], fields[2]) + "\n").getBytes(UTF_8));
      }
    }
  }

  private static int compile(List<String> options, String folder, String file) {
    List<String> words = new ArrayList<>();
    for (String option : options) {
      words.add(option.startsWith("-") ? option : within(folder, option));
    }
    words.add(folder + "/" + file);
    return ToolProvider.getSystemJavaCompiler()
        .run(null, null, System.err, words.toArray(String[]::new));
  }

  /** A class path, in which {@code lib/*} means all jars of a folder, as for javac itself. */
  private static String within(String folder, String paths) {
    return Stream.of(paths.split(":"))
        .map(path -> folder + "/" + path)
        .flatMap(path -> path.endsWith("/*") ? jars(path) : Stream.of(path))
        .collect(Collectors.joining(":"));
  }

  private static Stream<String> jars(String pattern) {
    File[] files = new File(pattern.substring(0, pattern.length() - 2)).listFiles();
    return Stream.of(files == null ? new File[0] : files).map(File::getPath);
  }
}
