// Command compose loads compose files as "docker compose config" does, with the library that it does it with, and prints the
// names of the services; or says what is wrong.
//
//	compose FILE [OVERRIDE ...]
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	options, err := cli.NewProjectOptions(os.Args[1:], cli.WithOsEnv, cli.WithEnvFiles(), cli.WithDotEnv)
	if err == nil {
		project, fault := options.LoadProject(context.Background())
		if fault == nil {
			fmt.Println(project.ServiceNames())
			return
		}
		err = fault
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
