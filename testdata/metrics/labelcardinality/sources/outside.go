package sources

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/resolver"
	"gorm.io/gorm"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// Endpoints that are discovered come and go, and each has an address of its own.

func lookedUp(ctx context.Context, service string) error {
	hosts, err := net.DefaultResolver.LookupHost(ctx, service)
	if err != nil {
		return err
	}
	for _, host := range hosts {
		count(host) // want `medium address: each ….LookupHost\(ctx, service\) .*; drop it, or delete the series of old ones`
	}
	_, records, err := net.LookupSRV("grpc", "tcp", service)
	for _, srv := range records {
		count(net.JoinHostPort(strings.TrimSuffix(srv.Target, "."), strconv.Itoa(int(srv.Port)))) // want `medium address: each srv.Target`
		count(strconv.Itoa(int(srv.Priority)))
	}
	addrs, _ := net.DefaultResolver.LookupIPAddr(ctx, service)
	for _, addr := range addrs {
		count(addr.IP.String()) // want `medium address: each`
	}
	return err
}

func named2(ip string) {
	if names, err := net.LookupAddr(ip); err == nil && len(names) > 0 {
		count(names[0]) // want `medium address: each net.LookupAddr\(ip\)`
	}
	if addr, err := net.ResolveTCPAddr("tcp", ip); err == nil {
		count(addr.Network())
	}
}

// The host itself has one address.
func itself() {
	name, _ := os.Hostname()
	if ips, err := net.LookupIP(name); err == nil {
		count(ips[0].String())
	}
	if ips, err := net.LookupHost("localhost"); err == nil {
		count(ips[0])
	}
}

func slices(s *discoveryv1.EndpointSlice, subset corev1.EndpointSubset, pod *corev1.Pod, state resolver.State) {
	for _, e := range s.Endpoints {
		for _, addr := range e.Addresses {
			count(addr) // want `medium address: each e.Addresses`
		}
		count(strconv.FormatBool(*e.Conditions.Ready))
	}
	for _, addr := range subset.Addresses {
		count(addr.IP) // want `medium address: each addr.IP`
	}
	count(pod.Status.PodIP) // want `medium address: each pod.Status.PodIP`
	count(string(pod.Status.Phase))
	for _, addr := range state.Addresses {
		count(addr.Addr) // want `medium address: each addr.Addr`
		count(addr.ServerName)
	}
}

// A collector has a series for each endpoint that is there.
type collector struct{ desc *prometheus.Desc }

func (c *collector) Describe(out chan<- *prometheus.Desc) { out <- c.desc }

func (c *collector) Collect(out chan<- prometheus.Metric) {
	hosts, _ := net.LookupHost("service")
	for _, host := range hosts {
		out <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, 1, host) // silent "a collector makes the series anew"
	}
}

// The key of a row is new with each row.

func inserted(db *sql.DB, name string) error {
	res, err := db.Exec("INSERT INTO jobs (name) VALUES (?)", name)
	if err != nil {
		return err
	}
	id, _ := res.LastInsertId()
	count(formatted(id)) // want `id: each res.LastInsertId\(\)`
	n, err := res.RowsAffected()
	count(formatted(n)) // want `value: each res.RowsAffected\(\)`
	return err
}

func returning(ctx context.Context, conn *pgx.Conn, name string) error {
	var id int64
	if err := conn.QueryRow(ctx, "INSERT INTO jobs (name) VALUES ($1) RETURNING id", name).Scan(&id); err != nil {
		return err
	}
	count(formatted(id)) // want `medium id: each id is a time series`
	return nil
}

type job struct {
	id     int64
	status string
}

func (j job) String() string { return fmt.Sprint(j.id, j.status) }

func scanned(ctx context.Context, db *sql.DB) error {
	const query = "SELECT id, status FROM jobs"
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var j job
		if err := rows.Scan(&j.id, &j.status); err != nil {
			return err
		}
		count(formatted(j.id)) // want `medium id: each j.id`
		count(j.status)
	}
	return rows.Err()
}

func grouped(db *sql.DB) error {
	rows, err := db.Query("SELECT status, shard, count(id) FROM jobs GROUP BY status, shard")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var (
			status string
			shard  int
			n      float64
		)
		if err := rows.Scan(&status, &shard, &n); err != nil {
			return err
		}
		count(status)
		count(strconv.Itoa(shard))
	}
	return rows.Err()
}

type user struct {
	gorm.Model
	Plan string
}

func loggedIn(u *user) {
	count(strconv.Itoa(int(u.ID))) // want `medium id: each u.`
	count(u.Plan)
}
