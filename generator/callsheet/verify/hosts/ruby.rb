# frozen_string_literal: true

# A batch host (see `batch/host.py`) for Ruby programs that begin with the same requires: it forks.
# It requires nothing for itself, so that its programs find loaded what they require and no more.

module Callsheet
  # The process that has made the requires, and forks for each program.
  class Server
    def initialize(features, orders, answers)
      @orders = IO.for_fd(orders)
      @answers = IO.for_fd(answers, "w")
      @learned = File.expand_path("learned")
      @foreign = nil
      require_all(features)
      GC.start
    end

    # Carries out orders until there are none.
    def serve
      answer(0)
      while (order = @orders.gets(chomp: true))
        _, folder, file, *settings = order.split("\t")
        program = Program.new(folder, file, settings)
        threads = Thread.list.size > 1 # a fork would not have them
        status = status_of(fork { start(program, alone: threads) })
        learn unless @foreign
        answer(status, *("spent" if children?))
      end
    end

    private

    # One that fails here fails in its program as well, which then makes no more of them.
    def require_all(features)
      features.each { |feature| require feature }
    rescue LoadError, StandardError
      nil
    end

    def answer(*words)
      @answers.write("#{words.join("\t")}\n")
      @answers.flush
    end

    def start(program, alone:)
      @orders.close
      @answers.close
      program.enter
      program.run_alone if alone || (@foreign && program.names?(@foreign))
      program.run(@foreign ? nil : @learned)
    end

    def status_of(child)
      _, status = Process.wait2(child)
      status.exitstatus || -status.termsig
    end

    # Loads what the first program that ended well had loaded late, for those after it. They must
    # not see that: one that names anything of it is run by itself.
    def learn
      return unless File.exist?(@learned)

      known = names
      File.readlines(@learned, chomp: true).reverse_each { |feature| require_all([feature]) }
      new = known.flat_map { |owner, before| names_of(owner) - before }
      @foreign = /(?<!\w)#{Regexp.union(new.uniq.map(&:to_s))}(?!\w)/
      GC.start
    end

    # Every module to what it defines.
    def names
      ObjectSpace.each_object(Module).to_h { |owner| [owner, names_of(owner)] }
    end

    def names_of(owner)
      %i[constants instance_methods private_instance_methods].flat_map do |kind|
        Module.instance_method(kind).bind_call(owner, false)
      end + owner.singleton_methods(false)
    end

    # Whether a program left processes behind, which this one has adopted.
    def children?
      nil while Process.wait(-1, Process::WNOHANG)
      true
    rescue Errno::ECHILD
      false
    end
  end

  # A program, and the process that is its own.
  class Program
    def initialize(folder, file, settings)
      @folder = folder
      @file = file
      @arguments, variables = settings.partition { |setting| setting.start_with?("-", "/") }
      @environment = variables.to_h { |variable| variable.split("=", 2) }
    end

    # Makes everything around it what a process of its own would find.
    def enter
      Process.setsid
      ENV.replace(@environment)
      Dir.chdir(@folder)
      Callsheet.port = Integer(ENV.fetch("CALLSHEET_PORT"))
      ARGV.clear
      $PROGRAM_NAME = @file
    end

    def names?(words)
      File.binread(@file).match?(words)
    end

    def run_alone
      exec("ruby", *@arguments, @file)
    end

    # Runs it; a list of what it loads late goes to a file, if one is named.
    def run(learned)
      code = compiled
      known = $LOADED_FEATURES.dup
      at_exit do
        complain($!)
        note($LOADED_FEATURES - known, learned) if learned && !$!
      end
      code.eval
    end

    private

    # What is not Ruby is left to a process of its own, which says it better.
    def compiled
      said = +""
      said.define_singleton_method(:write) { |*texts| concat(*texts.map(&:to_s)) }
      $stderr = said
      code = RubyVM::InstructionSequence.compile_file(@file)
      $stderr = STDERR
      $stderr.write(said)
      code
    rescue SyntaxError
      run_alone
    end

    # Says what Ruby says of an error that nothing has rescued, but for the lines of this file.
    def complain(error)
      return if error.nil? || error.is_a?(SystemExit) || error.is_a?(SignalException)

      text = error.full_message(highlight: false, order: :top)
      $stderr.write(*text.lines.reject { |line| line.start_with?("\tfrom #{__FILE__}:") })
      [STDOUT, $stdout].each { |output| output.flush unless output.closed? }
      exit!(1) # at `exit` Ruby would say it once more
    end

    # What lies beside the program is its own, and not for those after it.
    def note(features, learned)
      folders = $LOAD_PATH.map { |folder| "#{folder}/" }
      File.write(learned, features.select { |name| name.start_with?(*folders) }.join("\n"))
    end
  end
end

abort "this Ruby cannot fork" unless Process.respond_to?(:fork)
Callsheet::Server.new(ARGV[0].split("\n"), Integer(ARGV[1]), Integer(ARGV[2])).serve
